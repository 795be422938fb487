# Starts Headway. Sourced; the caller sets $java (the program), $class_path (of the server), $bench (what headway bench
# has on its class path besides) and $cache (a folder that this user may write).
#
# A cache of loaded and linked classes (JEP 483, 514) makes later starts several times faster: one for servers, one for
# the commands that end soon, which are compiled by the quick compiler alone besides. Both are made in the background,
# once for each build, by a server of its own; when that fails, starts are merely slower.
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
  case "${1-}" in
    serve | demo | run | bench | torture) ;;
    *)
      command+=(-XX:TieredStopAtLevel=1)
      [ ! -f "$cache/commands.aot" ] || aot=$cache/commands.aot
      ;;
  esac
  if [ -f "$aot" ]; then
    command+=("-XX:AOTCache=$aot" -Xlog:aot=off -Xlog:cds=off)
    command+=("-Dorg.sqlite.lib.path=$cache/native" -Dorg.sqlite.lib.name=libsqlitejdbc.so "-Dorg.sqlite.tmpdir=$cache/native")
    command+=("-Djava.library.path=$cache/native")
  fi
  read -r -a options <<<"${HEADWAY_JAVA_OPTIONS-}"
  command+=(${options[@]+"${options[@]}"})
  if [ "${1-}" = torture ]; then
    shift
    exec "${command[@]}" -cp "$class_path:$bench" "-Dheadway.class-path=$class_path" dev.headway.bench.torture.TortureCommand "$@"
  fi
  if [ "${1-}" = bench ]; then
    shift
    # A cache of the server's class path holds for a longer one that begins with it.
    exec "${command[@]}" -cp "$class_path:$bench" "-Dheadway.class-path=$class_path" dev.headway.bench.Bench "$@"
  fi
  exec "${command[@]}" -cp "$class_path" dev.headway.app.Headway "$@"
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
  nice -n 19 "$@" dev.headway.app.Rehearsal "http://127.0.0.1:$port" || true # what goes wrong is the cache's loss alone
  nice -n 19 "$@" -XX:TieredStopAtLevel=1 -XX:AOTCacheOutput=commands.aot dev.headway.app.Headway jobs --server "http://127.0.0.1:$port" || true
  keep_libraries "$aot"
  kill "$server"
  wait "$server" || true
  [ ! -f commands.aot ] || mv commands.aot "${aot%/*}/commands.aot"
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
