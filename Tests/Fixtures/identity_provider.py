"""An OpenID Connect provider made of Authlib: identity_provider.py PORT. It signs in whom the query's `login_as` names, and can be told to
misbehave: POST /fault with fault=NAME holds for the next token, /rotate makes a new key, /claims takes a JSON object of further claims.
"""

import base64, json, os, sys, time

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, AuthorizationCodeMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

PORT = int(sys.argv[1])
ISSUER = f"http://127.0.0.1:{PORT}"
app = Flask("provider")
app.secret_key = os.urandom(16)
codes, keys = {}, [RSAKey.generate_key(2048, parameters={"kid": "first", "use": "sig", "alg": "RS256"})]
told = {"fault": "", "claims": {}, "asked": 0}


class Client(ClientMixin):
    def get_client_id(self): return "hallmark"
    def get_default_redirect_uri(self): return None
    def get_allowed_scope(self, scope): return scope
    def check_redirect_uri(self, uri): return uri.endswith("/sign-in/provider/return")
    def check_client_secret(self, secret): return secret == "a secret & more"
    def check_endpoint_auth_method(self, method, endpoint): return method == "client_secret_basic"
    def check_response_type(self, kind): return kind == "code"
    def check_grant_type(self, kind): return kind == "authorization_code"


class Code(AuthorizationCodeMixin):
    def __init__(self, asked, user):
        data = asked.payload.data
        self.redirect_uri, self.scope, self.user = asked.payload.redirect_uri, asked.payload.scope, user
        self.nonce, self.code_challenge, self.code_challenge_method = data.get("nonce"), data.get("code_challenge"), data.get("code_challenge_method")
        self.auth_time = int(time.time())
    def get_redirect_uri(self): return self.redirect_uri
    def get_scope(self): return self.scope
    def get_nonce(self): return self.nonce
    def get_auth_time(self): return self.auth_time
    def get_acr(self): return None
    def get_amr(self): return None


class User:
    def __init__(self, sub): self.sub = sub
    def get_user_id(self): return self.sub


class CodeGrant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]
    def save_authorization_code(self, code, asked): codes[code] = Code(asked, asked.user)
    def query_authorization_code(self, code, client): return codes.get(code)
    def delete_authorization_code(self, kept): [codes.pop(name) for name, one in list(codes.items()) if one is kept]
    def authenticate_user(self, kept): return kept.user


class Identity(OpenIDCode):
    def exists_nonce(self, nonce, asked): return False
    def resolve_client_private_key(self, client): return keys[-1]
    def get_client_algorithm(self, client): return "RS256"
    def get_encode_header(self, client): return {"alg": "RS256", "kid": keys[-1].kid}
    def get_client_claims(self, client): return {"iss": ISSUER}
    def get_jwt_config(self, grant, client=None): return {"key": keys[-1], "alg": "RS256", "iss": ISSUER, "exp": 300}
    def generate_user_info(self, user, scope): return UserInfo(sub=user.sub, **told["claims"])


server = AuthorizationServer(app, query_client=lambda name: Client() if name == "hallmark" else None, save_token=lambda token, asked: None)
server.register_grant(CodeGrant, [Identity(require_nonce=True), CodeChallenge(required=True)])


def spoilt(token):
    """The token again, signed by the provider itself, with one thing wrong."""
    fault, told["fault"] = told["fault"], ""
    claims, head, key = dict(jwt.decode(token, KeySet(keys)).claims), {"alg": "RS256", "kid": keys[-1].kid}, keys[-1]
    if fault == "issuer": claims["iss"] = ISSUER + "/other"
    if fault == "audience": claims["aud"] = "another"
    if fault == "party": claims["aud"], claims["azp"] = ["hallmark", "another"], "another"
    if fault == "expired": claims["exp"] = int(time.time()) - 3600
    if fault == "old": claims["iat"] = int(time.time()) - 7200
    if fault == "nonce": claims["nonce"] = "another"
    if fault == "no-nonce": claims.pop("nonce")
    if fault == "no-kid": head.pop("kid")
    if fault == "key": key = RSAKey.generate_key(2048)
    if fault == "unknown-key": head["kid"] = "never published"
    if fault == "none":
        parts = token.split(".")
        return base64.urlsafe_b64encode(b'{"alg":"none","kid":"%s"}' % keys[-1].kid.encode()).decode().rstrip("=") + "." + parts[1] + "."
    if fault == "secret":
        return jwt.encode({"alg": "HS256", "kid": keys[-1].kid}, claims, OctKey.import_key("a secret & more and more and more"), algorithms=["HS256"])
    return jwt.encode(head, claims, key)


@app.get("/.well-known/openid-configuration")
def discovery():
    return jsonify({
        "issuer": ISSUER, "authorization_endpoint": ISSUER + "/authorize",
        "token_endpoint": "http://localhost:%d/token" % PORT if told["fault"] == "elsewhere" else ISSUER + "/token",
        "jwks_uri": ISSUER + "/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"]})


@app.get("/keys")
def published():
    told["asked"] += 1
    return jsonify({"keys": [key.as_dict(private=False) for key in keys] + [{"kty": "strange", "kid": "x"}]})


@app.get("/authorize")
def authorize():
    return server.create_authorization_response(grant_user=User(request.args["login_as"]))


@app.post("/token")
def token():
    answer = server.create_token_response()
    if told["fault"] and answer.status_code == 200:
        body = json.loads(answer.get_data())
        body["id_token"] = spoilt(body["id_token"])
        answer.set_data(json.dumps(body))
    return answer


@app.post("/fault")
def fault():
    told["fault"] = request.form["fault"]
    return ""


@app.post("/claims")
def claims():
    told["claims"] = json.loads(request.form["claims"])
    return ""


@app.post("/rotate")
def rotate():
    keys[:] = [RSAKey.generate_key(2048, parameters={"kid": os.urandom(4).hex(), "use": "sig", "alg": "RS256"})]
    return ""


@app.get("/asked")
def asked():
    return str(told["asked"])


app.run(port=PORT, threaded=True)
