# Sets JAVA_HOME to a JDK of at least 25, or says what to do. Sourced by ./build and ./headway.
jdk_major() {
  [ -x "$1/bin/javac" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

choose_jdk() {
  local candidate major
  for candidate in "${HEADWAY_JAVA_HOME-}" "${JAVA_HOME-}" /usr/lib/jvm/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/*; do
    [ -n "$candidate" ] || continue
    major=$(jdk_major "$candidate") || continue
    if [ "${major:-0}" -ge 25 ]; then
      export JAVA_HOME="$candidate"
      return 0
    fi
  done
  echo "headway: no JDK 25 or newer found; install one (for example temurin-25-jdk) or set HEADWAY_JAVA_HOME" >&2
  return 1
}

choose_jdk || exit 1
