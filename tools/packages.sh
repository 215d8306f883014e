# Debian packages, read by ./start and ./test; only what is missing is installed.

BUILD_PACKAGES=(libsqlite3-dev libpq-dev libzip-dev libexpat1-dev libxlsxwriter-dev zlib1g-dev pkg-config)
TEST_PACKAGES=(postgresql chromium fonts-noto-cjk python3 python3-venv mmdebstrap iproute2 curl)
BUNDLE_PACKAGES=(patchelf binutils python3)

need_packages() {
    local missing=() name
    if ! command -v dpkg-query >/dev/null; then
        echo "这台机器不是 Debian 系统，请自行安装：$* · Not a Debian machine: please install these yourself." >&2
        return 0
    fi
    for name in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null || true)" = "ii " ] || missing+=("$name")
    done
    [ "${#missing[@]}" = 0 ] && return 0
    echo "安装软件包 · Installing: ${missing[*]}" >&2
    local run=()
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "缺少软件包，且没有 sudo。请以 root 运行：apt-get install ${missing[*]}" >&2
            echo "Packages are missing and there is no sudo: install them as root." >&2
            return 2
        fi
        run=(sudo)
    fi
    local log
    log="$(mktemp)"
    if ! { "${run[@]}" apt-get update -qq && "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        echo "软件包没有装上，请看上面的原因 · apt-get failed; see above." >&2
        return 2
    fi
    rm -f "$log"
}
