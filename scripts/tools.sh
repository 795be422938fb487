# Installs what the tests need besides a JDK and Maven, from Debian's packages where this is allowed. Sourced by ./build.
need() { # command, packages, what for
  command -v "$1" >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $2 ($3)"
    # shellcheck disable=SC2086 # several packages, perhaps
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2 >/dev/null
  else
    echo "build: $1 is missing ($3); install the package $2" >&2
    return 1
  fi
}

# Debian 12 has Valkey in its backports alone.
backports() {
  command -v valkey-server >/dev/null 2>&1 || [ "$(id -u)" != 0 ] || apt-cache show valkey-server >/dev/null 2>&1 && return 0
  echo "deb http://deb.debian.org/debian $(. /etc/os-release && echo "$VERSION_CODENAME")-backports main" > /etc/apt/sources.list.d/headway-backports.list
}

need node nodejs "the tests of the TypeScript client"
need npm npm "the tests of the TypeScript client"
python_packages="python3-websockets python3-tqdm python3-rich python3-celery python3-redis python3-ipython python3-setuptools python3-wheel"
/usr/bin/python3 -c "import websockets, tqdm, rich, celery, redis, IPython, setuptools, wheel" 2>/dev/null ||
  need python3-modules "$python_packages" "the tests of the Python client and examples"
compgen -G '/usr/lib/jvm/*17*/bin/javac' >/dev/null || need javac-17 openjdk-17-jdk-headless "the test of the Java client on Java 17"
need mosquitto mosquitto "the tests of the MQTT source"
need mosquitto_pub mosquitto-clients "the samples of docs/spc.md"
need chromium chromium "the tests of the web component"
need nginx nginx "the test of docs/proxy/nginx.conf"
need caddy caddy "the test of docs/proxy/Caddyfile"
need haproxy haproxy "the test of docs/proxy/haproxy.cfg" || echo "build: haproxy.cfg is not tried" >&2
need redis-server redis-server "the tests of the bus over Redis"
backports && need valkey-server valkey-server "the tests of the bus over Valkey"
