minus=-1
a=- 1
b=1-2
c=1 - -2
d=[-1,- 2,a-1,a - 1]
e=x?-1:- 2
f=!  x&& ! y||!z
g=1+2*3/4%5
h=a==b
i=a!=b||a<b&&a>=b
j="${- 1}"
k=f(-1,x ...)
l=a . b [ 0 ] . c [ * ] . d . * . e
m=[for x in [1,2]:x if(x>1)]
n={for k,v in var.m:k=>v... if ! v}
o=[for x in(y):x]
p=provider :: name :: f (1)
q=foo.0 .bar
