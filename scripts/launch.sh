# Starts Headway. Sourced; the caller sets $java (the program), $class_path (of the server), $tools (what other commands need
# besides; may be unset) and $cache (a folder that this user may write).
#
# A cache of loaded and linked classes (JEP 483, 514) makes later starts several times faster. It is made in the
# background, once for each build, by a server of its own; when that fails, starts are merely slower.
#
# Small at rest (docs/benchmarks.md): a heap that begins small and gives back what a full collection finds free, few
# malloc arenas, and the cache mapped where it was made for, so that its pages stay the file's and need no patching.
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
export LC_ALL=${LC_ALL:-C.UTF-8}

launch() {
  local command=("$java"
    -XX:+UseSerialGC -XX:+UseCompactObjectHeaders
    -Xms32m -XX:NewSize=12m -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=40 -XX:-ShrinkHeapInSteps -XX:TrimNativeHeapInterval=10000
    -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  local aot=$cache/headway.aot options
  if [ ! -f "$aot" ] && [ "${1-}" != "--help" ] && mkdir -p "$cache" 2>/dev/null && mkdir "$aot.making" 2>/dev/null; then
    make_cache "$aot" "${command[@]}" -cp "$class_path" >/dev/null 2>&1 </dev/null &
    if [ "${1-}" = bench ]; then # which measures servers as they start from their second start on
      echo "Making the cache for quick starts (once for each build)" >&2
      wait "$!" || true
    fi
  fi
  if [ -f "$aot" ]; then
    command+=("-XX:AOTCache=$aot" -Xlog:aot=off -Xlog:cds=off)
    command+=("-Dorg.sqlite.lib.path=$cache/native" -Dorg.sqlite.lib.name=libsqlitejdbc.so "-Dorg.sqlite.tmpdir=$cache/native")
    command+=("-Djava.library.path=$cache/native")
  fi
  read -r -a options <<<"${HEADWAY_JAVA_OPTIONS-}"
  # A cache of the server's class path holds for a longer one that begins with it.
  exec "${command[@]}" -cp "$class_path${tools:+:$tools}" ${options[@]+"${options[@]}"} dev.headway.app.Headway "$@"
}

# From a short life of a server, in the current folder, which is its own: it starts, does for a while what a server does
# all day, and ends. Nothing of this shell's HEADWAY_ settings concerns it.
make_cache() {
  local aot=$1 name server port
  shift
  trap 'rm -rf "$aot.making"' EXIT
  cd "$aot.making"
  for name in "${!HEADWAY_@}"; do unset "$name"; done
  mkdir native
  nice -n 19 "$@" -XX:AOTCacheOutput=made.aot -Djava.io.tmpdir="$PWD/native" -Dio.netty.native.deleteLibAfterLoading=false \
    dev.headway.app.Headway serve --port 0 --data data >log 2>&1 &
  server=$!
  until port=$(sed -n 's/^Headway is ready at .*:\([0-9]*\) .*/\1/p' log) && [ -n "$port" ]; do
    kill -0 "$server" || return
    sleep 0.2
  done
  rehearse || true
  keep_libraries "$aot"
  kill "$server"
  wait "$server" || true
  mv made.aot "$aot"
}

# The native libraries that the server has unpacked from its jars, so that later starts need not; a start that does not
# find one unpacks it again.
keep_libraries() {
  local name to=${1%/*}/native
  mkdir -p "$to"
  for name in libsqlitejdbc libnetty_transport_native_epoll_x86_64 libnetty_transport_native_epoll_aarch_64; do
    cp native/*"$name"*.so "$to/$name.so" 2>/dev/null || true
  done
}

# A job, watched in three ways, and some thousand reports: the cache keeps what of the server's code that makes hot
# (JEP 515), so that a new server compiles it at once and not after seconds under load. What goes wrong here is the
# cache's loss alone.
rehearse() {
  local id lease report first at
  request GET /openapi.yaml '' close | ask >/dev/null
  request GET /jobs '' close | ask >/dev/null
  id=$(request POST /jobs '{"job_type":"cache","external":true}' close | ask | field id)
  lease=$(request POST /jobs/claim '{"worker_id":"cache","job_types":["cache"],"lease_seconds":600}' close | ask | field lease)
  watch "/progress/ws/$id" ''
  watch /api/v1/stream "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"job:$id\"}]}"
  request GET "/api/v1/jobs/$id/events" '' keep-alive | ask >/dev/null &
  report=$(request POST "/jobs/$id/progress" '{"lease":"'"$lease"'","done":NNNN,"total":10000,"message":"item NNNN"}' keep-alive)
  for ((first = 1000; first < 7000; first += 100)); do # a connection takes so many that are not answered yet, and few more
    {
      for ((at = first; at < first + 99; at++)); do printf %s "${report//NNNN/$at}"; done
      printf %s "${report//NNNN/$at}" | sed 's/keep-alive/close/'
    } | ask >/dev/null
  done
  request POST "/jobs/$id/complete" '{"lease":"'"$lease"'","result":{}}' close | ask >/dev/null
}

# Writes a request: method, path, body, what becomes of the connection.
request() {
  printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "$1" "$2" "$4" "${#3}" "$3"
}

# Sends what it reads, and writes what comes back until the server closes.
ask() (
  exec 3<>"/dev/tcp/127.0.0.1/$port" 4<&0
  cat <&4 >&3 &
  timeout 30 cat <&3
)

# The first value of a name in an answer.
field() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' | head -n 1; }

# Watches a path by WebSocket until the server ends, after one message (RFC 6455, section 5.2: masked with zeros).
watch() {
  local hello=
  [ -z "$2" ] || hello=$(printf '\\x81\\x%02x\\x00\\x00\\x00\\x00' $((128 + ${#2})))$2
  {
    printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n' "$1"
    printf '%b' "$hello"
  } | ask >/dev/null &
}
