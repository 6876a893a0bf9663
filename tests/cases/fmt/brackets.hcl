list=[
1,2 ,3,
[4,
5],
]
objects=[{
a=1
},{
b=2
}]
both=f([{
a=1
},
{ b:2 , "c"=3,(d)=4 }],<<EOT
  text
EOT
, [[[
1
]]])
parens=(
a
+b # c
)
nothing=[ ]
nobody={ }
called=f( )
half={a=1
b=2}
