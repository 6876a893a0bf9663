# Every sort of text, without a mistake.
locals {
  plain   = "a \"quoted\" \\ text\twith $${escapes} %%{ too } \u00e9\U0001F600"
  empty   = ""
  nested  = "a ${"b ${"c ${1 + 2}"}"} d"
  markers = "x ${~ 1 ~} y %{~ if true ~} z %{~ else ~} w %{~ endif ~} v"
  loop    = "%{for k, v in { a = 1, b = 2 }}${k}=${v};%{endfor}"
  heredoc = <<EOT
first ${upper("line")}

  second $${line} %{ if local.empty == "" }empty%{ else }full%{ endif }
%{ for n in range(3) ~}
  - ${n}
%{ endfor ~}
EOT
  flush   = <<-EOT
      deep
    less

      ${local.plain}
    \n stays
  EOT
  listed = [<<A
one
A
    , <<-B
      two
      B
  ]
  encoded = jsonencode({ "a b" = [1, 2.5, -3e-2], (local.empty) = null, c : !false })
  keys = { for s in split(",", "a,b,a") : s => length(s)... }
}
output "all" {
  value = [local.plain, local.nested, local.markers, local.loop, local.heredoc, local.flush, local.listed[0], local.encoded, local.keys]
}
resource "send_connector" "text" {
  name           = "Text ${trimspace(local.listed[1])}"
  address_spaces = ["text.example"]
  comment        = local.flush
}
