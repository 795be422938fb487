#!/usr/bin/env bash
# A worker in bash, curl and jq: counts the lines, words and bytes of files.
#
#   examples/line-worker.sh               works until it is interrupted
#   examples/line-worker.sh FILE...       submits a job for these files, does it and ends
set -euo pipefail

server=${HEADWAY_URL:-http://localhost:8000}
authorization=(${HEADWAY_TOKEN:+-H "Authorization: Bearer $HEADWAY_TOKEN"})

call() { # path, JSON body
  curl --silent --show-error --fail-with-body --max-time 60 "${authorization[@]}" \
    -H 'Content-Type: application/json' "$server/api/v1/jobs$1" --data "$2"
}

do_job() { # what the claim answered
  local id lease total done=0 results='{}' path counts reply
  id=$(jq -r .job.id <<<"$1")
  lease=$(jq -r .lease <<<"$1")
  total=$(jq '.job.payload.paths | length' <<<"$1")
  while IFS= read -r path; do
    if ! counts=$(wc -lwc <"$path"); then
      call "/$id/fail" "$(jq -n --arg lease "$lease" --arg error "$path cannot be read" '{$lease, $error}')" >/dev/null
      return
    fi
    results=$(jq --arg path "$path" --arg counts "$counts" \
      '.[$path] = ($counts | [scan("[0-9]+") | tonumber] | {lines: .[0], words: .[1], bytes: .[2]})' <<<"$results")
    done=$((done + 1))
    reply=$(call "/$id/progress" "$(jq -n --arg lease "$lease" --arg message "$path" \
      --argjson done "$done" --argjson total "$total" '{$lease, $done, $total, $message}')")
    if [ "$(jq .cancel_requested <<<"$reply")" = true ]; then
      call "/$id/cancelled" "$(jq -n --arg lease "$lease" '{$lease}')" >/dev/null
      return
    fi
  done < <(jq -r '.job.payload.paths[]' <<<"$1")
  call "/$id/complete" "$(jq -n --arg lease "$lease" --argjson result "$results" '{$lease, $result}')" |
    jq -c '{status, result_payload}'
}

claim() { # seconds to wait
  call /claim "{\"worker_id\":\"bash-$$\",\"job_types\":[\"count-lines\"],\"wait_seconds\":$1}"
}

if [ $# -gt 0 ]; then
  paths=$(realpath -- "$@" | jq -R . | jq -s .)
  id=$(call "" "$(jq -n --argjson paths "$paths" '{job_type: "count-lines", external: true, payload: {$paths}}')" | jq -r .id)
  echo "watch it: ./headway watch job:$id"
  do_job "$(claim 10)"
  exit
fi
echo "waiting for jobs of type count-lines; Ctrl-C ends"
while :; do
  job=$(claim 25)
  if [ -n "$job" ]; then
    do_job "$job"
  fi
done
