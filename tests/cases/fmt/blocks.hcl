resource send_connector "internet"{
name="Internet"
lifecycle{prevent_destroy=true}
}
resource   "send_connector"   "caf\u00e9"   {   # comment
  address_spaces=[ "*" ]
     # indented by its block
}
empty{}
empty {
}
empty {

}
one_line{a=1}
outer  "" {
inner{
innermost{
a=1
}
  }
      }



last{}
