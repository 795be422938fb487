# Starts Headway. Sourced; the caller sets $java (the program), $class_path and $cache (a folder that this user may write).
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
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -cp "$class_path")
  local aot=$cache/headway.aot options
  if [ ! -f "$aot" ] && [ "${1-}" != "--help" ] && mkdir -p "$cache" 2>/dev/null && mkdir "$aot.making" 2>/dev/null; then
    make_cache "$aot" "${command[@]}" >/dev/null 2>&1 </dev/null &
    if [ "${1-}" = bench ]; then # which measures servers as they start from their second start on
      echo "Making the cache for quick starts (once for each build)" >&2
      wait "$!" || true
    fi
  fi
  if [ -f "$aot" ]; then
    command+=("-XX:AOTCache=$aot" -Xlog:aot=off -Xlog:cds=off)
  fi
  read -r -a options <<<"${HEADWAY_JAVA_OPTIONS-}"
  exec "${command[@]}" ${options[@]+"${options[@]}"} dev.headway.app.Headway "$@"
}

# From a short life of a server, in the current folder, which is its own: it starts, is asked a few things, and ends.
# Nothing of this shell's HEADWAY_ settings concerns it.
make_cache() {
  local aot=$1 name server port
  shift
  trap 'rm -rf "$aot.making"' EXIT
  cd "$aot.making"
  for name in "${!HEADWAY_@}"; do unset "$name"; done
  nice -n 19 "$@" -XX:AOTCacheOutput=made.aot dev.headway.app.Headway serve --port 0 --data data >log 2>&1 &
  server=$!
  until port=$(sed -n 's/^Headway is ready at .*:\([0-9]*\) .*/\1/p' log) && [ -n "$port" ]; do
    kill -0 "$server" || return
    sleep 0.2
  done
  ask "$port" POST /jobs '{"job_type":"cache","external":true}' || true
  ask "$port" GET /jobs '' || true
  ask "$port" GET /openapi.yaml '' || true
  kill "$server"
  wait "$server" || true
  mv made.aot "$aot"
}

# A request (port, method, path, body) whose answer nobody reads; what goes wrong here is the cache's loss alone.
ask() (
  exec 3<>"/dev/tcp/127.0.0.1/$1"
  printf '%s %s HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "$2" "$3" "$1" "${#4}" "$4" >&3
  timeout 10 cat <&3 >/dev/null
)
