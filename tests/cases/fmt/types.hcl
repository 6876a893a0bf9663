variable a{
type="string"
}
variable "b"{
  type="list"
  default=[]
}
variable "c" { type="map" }
variable "d" { type=list }
variable "e" { type=map }
variable "f" { type=set }
variable "g" {
type=object({
name=string
size=optional(number,25)
})
validation{
condition=var.g.size>0
error_message="Must be more than 0, not ${ var.g.size }."
}
}
locals { type="list" }
other "x" { type=list }
