#!/usr/bin/env bash
# The version, which is Maven's in pom.xml: prints it, or sets it everywhere it has to be repeated.
#   scripts/version.sh            prints it
#   scripts/version.sh 1.2.0      sets it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
present=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml | head -n 1)
[ $# -gt 0 ] || { echo "$present"; exit; }

# Maven's modules have the whole of it; what is not Java has none of "-SNAPSHOT".
poms=$(find . -name pom.xml -not -path '*/node_modules/*' -not -path '*/target/*')
# shellcheck disable=SC2086
sed -i "s:<version>$present</version>:<version>$1</version>:" $poms
old=${present%-SNAPSHOT} new=${1%-SNAPSHOT}
sed -i "s/^  \"version\": \"$old\"/  \"version\": \"$new\"/; s/\"@headway\/client\": \"$old\"/\"@headway\/client\": \"$new\"/" web/*/package.json
sed -i "s/^      \"version\": \"$old\"/      \"version\": \"$new\"/; s/\"@headway\/client\": \"$old\"/\"@headway\/client\": \"$new\"/" web/package-lock.json
sed -i "s/^__version__ = \"$old\"/__version__ = \"$new\"/" clients/python/headway/__init__.py
sed -i "s/^\(version\|appVersion\): $old\$/\1: $new/" deploy/helm/headway/Chart.yaml
sed -i "s/^ARG VERSION=$old\$/ARG VERSION=$new/" deploy/Dockerfile
sed -i "s/^  version: $old\$/  version: $new/" headway-*/src/main/resources/dev/headway/*/*api.yaml
sed -i "s:<version>$old</version>:<version>$new</version>:; s/\(headway[a-z_-]*[_-]\)$old/\1$new/g" docs/quick-starts.md docs/client-guide.md docs/integrations.md docs/operations.md
