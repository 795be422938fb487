# Starts Headway. Sourced; the caller sets $java (the program), $class_path and $cache (a folder that this user may write).
#
# A cache of loaded and linked classes (JEP 483, 514) makes later starts several times faster. It is made in the
# background, once for each build, by a demo of its own; when that fails, starts are merely slower.
#
# Small at rest (docs/benchmarks.md): a heap that begins small and gives back what a full collection finds free, few
# malloc arenas, and the cache mapped where it was made for, so that its pages stay the file's and need no patching.
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
export LC_ALL=${LC_ALL:-C.UTF-8}

launch() {
  local command=("$java"
    -XX:+UseSerialGC -XX:+UseCompactObjectHeaders
    -Xms32m -XX:NewSize=12m -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=40 -XX:-ShrinkHeapInSteps
    -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -cp "$class_path")
  local aot=$cache/headway.aot options
  if [ -f "$aot" ]; then
    command+=("-XX:AOTCache=$aot" -Xlog:aot=off -Xlog:cds=off)
  elif [ "${1-}" != "--help" ] && mkdir -p "$cache" 2>/dev/null && mkdir "$aot.making" 2>/dev/null; then
    make_cache "$aot" "${command[@]}" >/dev/null 2>&1 </dev/null &
  fi
  read -r -a options <<<"${HEADWAY_JAVA_OPTIONS-}"
  exec "${command[@]}" ${options[@]+"${options[@]}"} dev.headway.app.Headway "$@"
}

make_cache() {
  local aot=$1
  shift
  trap 'rm -rf "$aot.making"' EXIT
  cd "$aot.making"
  nice -n 19 "$@" -XX:AOTCacheOutput=made.aot dev.headway.app.Headway demo --once --port 0 --data "$aot.making/data" &&
    mv made.aot "$aot"
}
