#!/usr/bin/env bash
# Fuzzes by Jazzer, one target after the other; run by ./build --fuzz, which compiles before.
#   scripts/fuzz.sh                      every target, 10 million executions each
#   scripts/fuzz.sh FrameFuzzTest …      these
#   HEADWAY_FUZZ_RUNS=100000 HEADWAY_FUZZ_SECONDS=60 scripts/fuzz.sh     less
# What is found is written to target/fuzz/TARGET as crash-…; kept in the target's corpus
# (src/test/resources/fuzz/TARGET) it is tried by every build. Jazzer's own corpus grows in target/fuzz, too.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
. scripts/jdk.sh
runs=${HEADWAY_FUZZ_RUNS-10000000} seconds=${HEADWAY_FUZZ_SECONDS-0}
# Hooks in every other class, the libraries' too, would take minutes before the first execution.
instrumented=dev.headway.**:io.netty.handler.codec.**:tools.jackson.**:de.siegmar.**:org.dhatim.**:com.nimbusds.**

fuzz() { # source file of a target
  local module=${1%%/src/*} class=${1#*/src/test/java/} name
  class=${class%.java} class=${class//\//.} name=${class##*.}
  local own=$root/target/fuzz/$name
  mkdir -p "$own/corpus"
  echo "$name: $runs executions"
  (cd "$own" && "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx1g --enable-native-access=ALL-UNNAMED \
    -cp "$(cat "$root/$module/target/fuzz.classpath"):$root/$module/target/classes:$root/$module/target/test-classes" \
    com.code_intelligence.jazzer.Jazzer --target_class="$class" --instrumentation_includes="$instrumented" --custom_hook_includes="$instrumented" \
    -runs="$runs" -max_total_time="$seconds" -max_len=4096 -timeout=60 -seed=1 -print_final_stats=1 \
    corpus "$root/$module/src/test/resources/fuzz/$name") >"$own/log" 2>&1 ||
    { tail -n 40 "$own/log"; echo "$name: found something; all of it is in $own" >&2; return 1; }
  grep -E '^Done |stat::number_of_executed_units|stat::average_exec_per_sec' "$own/log"
}

failed=
for target in $(find headway-*/src/test/java -name '*FuzzTest.java' | sort); do
  case " $* " in "  " | *" $(basename "$target" .java) "*) fuzz "$target" || failed=yes ;; esac
done
[ -z "$failed" ]
