{{- define "headway.name" -}}
{{- if contains "headway" .Release.Name }}{{ .Release.Name }}{{ else }}{{ .Release.Name }}-headway{{ end }}
{{- end }}

{{- define "headway.selector" -}}
app.kubernetes.io/name: headway
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "headway.labels" -}}
{{ include "headway.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "headway.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* What the servers and the command that adds the first account have in common. */}}
{{- define "headway.environment" -}}
- name: HEADWAY_CONFIG
  value: /etc/headway/headway.yaml
- name: HEADWAY_SERVER_NODE
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: HEADWAY_DATABASE
  valueFrom: {secretKeyRef: {name: {{ .Values.secret }}, key: database}}
- name: HEADWAY_BUS
  valueFrom: {secretKeyRef: {name: {{ .Values.secret }}, key: bus, optional: true}}
- name: HEADWAY_WEBHOOKS_SECRET
  valueFrom: {secretKeyRef: {name: {{ .Values.secret }}, key: webhook-secret}}
- name: HEADWAY_JAVA_OPTIONS
  value: {{ .Values.javaOptions | quote }}
{{- end }}

{{- define "headway.mounts" -}}
- {name: data, mountPath: /var/lib/headway}
- {name: settings, mountPath: /etc/headway, readOnly: true}
- {name: tmp, mountPath: /tmp}
{{- end }}

{{- define "headway.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
