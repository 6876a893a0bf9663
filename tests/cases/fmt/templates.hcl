a="${ x }"
b="${x}${ y }"
c="a ${  x   +1 } b"
d="${ "nested ${ y }" }"
e="%{ if x }yes%{ else }no%{ endif }"
f="%{~ for x in y ~} ${ x } %{~ endfor ~}"
g="${{a=1}}"
h="${~ x ~}"
i="${
  x
}"
j="${x?
1:2}"
k=["${ x }"]
l={ "${ k }"="${ v }" }
m="$${not} %%{this} ${ [1,2] }"
n=<<-EOT
    text  ${ x }  text
      %{ if x == 1 ~}
   # no comment   ${ f( 1,2 ) }
    %{ endif ~}
    EOT
o=f("${ x }")
p="${<<EOT
inner
EOT
}"
q=<<EOT
${
x
}
EOT
