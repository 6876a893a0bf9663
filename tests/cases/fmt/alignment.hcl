# equals signs of adjacent lines stand in one column
a=1
long_name   =   2
	bc	= 3

a1="x" # comments, too
long_name_2="long value" // and these
b2=3 /* and these */
c2="é" # counted as people see it
d2="é漢字👨‍👩‍👧" # even here
e2={
# the value goes on, so its equals sign stands alone
x=1
yy=2
}
f=[1,
2] # ends here
g="y" /* in
between */
h=1


/* before */ i=1
jkl=2
m=<<EOT
  text   stays
	as it is = here
EOT
nop=3
