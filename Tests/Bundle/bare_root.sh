#!/usr/bin/env bash
# Unpacks an archive made by ./bundle in a bare Debian root, without compiler and without network, and uses it as who installs it would:
# the trial, the installation, an upgrade, the way back.
#   bare_root.sh ARCHIVE FOLDER     FOLDER is made and used; needs root, mmdebstrap, iproute2, curl
set -euo pipefail
archive="$(realpath "$1")"
folder="$2"
root="$folder/root"
port=18431
mkdir -p "$folder"
# Nothing of the network but this machine itself is seen from here on, once the bare root is there.
if [ -z "${HALLMARK_ALONE:-}" ]; then
    mmdebstrap --variant=essential --mode=root --quiet --include=passwd "$(. /etc/os-release; echo "$VERSION_CODENAME")" "$root"
    HALLMARK_ALONE=1 exec unshare --net "$0" "$archive" "$folder"
fi
ip link set lo up

fail() { echo "FAILED: $*" >&2; tail -n 5 "$folder"/*.log >&2 2>/dev/null || true; exit 1; }
bare=(chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/srv LANG=C.UTF-8)
officer=(setpriv --reuid=hallmark --regid=hallmark --clear-groups /opt/hallmark/current/bin/hallmark)
store=/var/lib/hallmark/hallmark.sqlite
inside() { "${bare[@]}" "$@"; }
hallmark() { inside "${officer[@]}" "$@"; }
finish() { [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true; umount "$root/proc" 2>/dev/null || true; }
trap finish EXIT
mount -t proc proc "$root/proc"
for tool in swift cc gcc curl python3; do ! inside sh -c "command -v $tool" >/dev/null || fail "$tool is in the bare root"; done
[ "$(ip -oneline link | grep -vc " lo: ")" = 0 ] || fail "there is a network"

# answered SECONDS PATH: waits for the page, writes it to page.html, says how long it took.
answered() {
    local began=$SECONDS
    until curl --silent --fail --max-time 5 -o "$folder/page.html" "http://127.0.0.1:$port$2"; do
        [ $((SECONDS - began)) -lt "$1" ] || fail "$2 did not answer within $1 s"
        sleep 0.1
    done
}
stop() { kill "$server"; wait "$server" 2>/dev/null || true; server=""; }

tar -xzf "$archive" -C "$root/srv"
name="$(basename "$archive" .tar.gz)"
inside sh -c "cd /srv/$name && sha256sum --quiet --check SHA256SUMS" || fail "checksums"

echo "trial"
inside "/srv/$name/bin/hallmark" demo /srv/trial --only longwan-2006 >"$folder/demo.log" 2>&1 || fail "demo"
"${bare[@]}" HALLMARK_PORT=$port HALLMARK_DATA=/srv/trial "/srv/$name/start" >"$folder/trial.log" 2>&1 &
server=$!
answered 20 /
grep -q "示范账号" "$folder/page.html" || fail "the desk"
answered 5 /targets
grep -q "questions/" "$folder/page.html" || fail "the targets have no figure that opens"
stop

echo "installation"
inside "/srv/$name/install" 2>"$folder/install.log" || fail "install"
serve() {
    "${bare[@]}" "${officer[@]}" serve --store $store --port $port >"$folder/serve.log" 2>&1 &
    server=$!
    answered 20 /sign-in
}
serve
grep -q "/link/" "$folder/serve.log" || fail "no one-time link"
stop
printf '企业名称,地址\n温州市龙湾演示一号鞋业有限公司,温州市龙湾区\n' >"$root/srv/one.csv"
firms() { hallmark ask enterprise --metric count --json --store $store | grep -oE '"value" ?: ?[0-9]+' | head -n 1 | grep -oE '[0-9]+'; }
hallmark import enterprises /srv/one.csv --commit all --store $store >"$folder/import.log" 2>&1 || fail "import"
[ "$(firms)" = 1 ] || fail "one firm was imported, $(firms) counted"

inside /usr/local/bin/hallmark rules evaluate --help >/dev/null || fail "the command is not on the path"
inside /usr/local/bin/hallmark programme check >"$folder/check.log" 2>&1 || grep -q "longwan-2006" "$folder/check.log" || fail "the command does not find its files"

echo "upgrade"
later="${name/hallmark-/hallmark-9.}"
cp -R "$root/srv/$name" "$root/srv/$later"
inside "/srv/$later/install" 2>"$folder/upgrade.log" || fail "upgrade"
[ "$(readlink "$root/opt/hallmark/current")" = "versions/$later" ] || fail "the later version is not in place"
[ "$(firms)" = 1 ] || fail "the upgrade lost the store"
printf '企业名称,地址\n温州市龙湾演示二号鞋业有限公司,温州市龙湾区\n' >"$root/srv/two.csv"
hallmark import enterprises /srv/two.csv --commit all --store $store >"$folder/import.log" 2>&1 || fail "import after the upgrade"
[ "$(firms)" = 2 ] || fail "nothing can be written after the upgrade"

echo "way back"
inside /opt/hallmark/current/install --undo 2>"$folder/undo.log" || fail "undo"
[ "$(readlink "$root/opt/hallmark/current")" = "versions/$name" ] || fail "the earlier version is not back"
[ "$(firms)" = 1 ] || fail "the store is not as it was before the upgrade"
hallmark verify --store $store >"$folder/verify.log" 2>&1 || fail "verify"
ls "$root"/var/lib/hallmark/after-*.sqlite >/dev/null || fail "what was written after the upgrade is gone"

echo "a changed file"
mkdir "$root/srv/changed"
cp -R "$root/srv/$name" "$root/srv/changed/${name/hallmark-/hallmark-8.}"
echo " " >>"$root/srv/changed/${name/hallmark-/hallmark-8.}/programmes/README.md" 2>/dev/null || fail "no such file"
! inside "/srv/changed/${name/hallmark-/hallmark-8.}/install" 2>"$folder/changed.log" || fail "a changed archive was installed"
[ "$(readlink "$root/opt/hallmark/current")" = "versions/$name" ] || fail "a changed archive is in place"
serve
stop
echo "the archive installs in a bare root"
