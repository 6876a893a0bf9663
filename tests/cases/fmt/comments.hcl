#without a space
//two slashes   
/* block */
/*
   block of
 several lines */
a=1#close
b { # after the brace
# inside
c=[ # after the bracket
1, # one
22, # two
# between
]
}# after
d=f( # here
/* first */ 1, /* second */2
)
/* lead */ e /* name */ = /* equals */ 1 /* value */ # end
# last line without a break
