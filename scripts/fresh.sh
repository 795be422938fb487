# Whether the runnable server is there and newer than all sources. Sourced by ./build and ./headway; needs $root.
built=$root/headway-app/target/headway/built

is_fresh() {
  [ -f "$built" ] && [ -z "$(changed_sources)" ]
}

changed_sources() {
  find "$root" \( -name target -o -name node_modules -o -name dist -o -name .git -o -path '*/src/test' -o -path '*/dashboard/test' \) -prune -o \
    -type f \( -path '*/src/main/*' -o -name pom.xml -o -path "$root/web/dashboard/*" -o -path "$root/web/client/src/*" \) -newer "$built" -print -quit
}

# Runs a build and notes when it began, so that what is changed meanwhile counts as newer.
note_build() {
  local began
  began=$(mktemp)
  rm -rf "$root/headway-app/target/headway"
  "$@" || return
  mv "$began" "$built"
}
