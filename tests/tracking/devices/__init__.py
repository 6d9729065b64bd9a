"""Three phones, two children, one server, and between them a channel that loses, repeats and reorders.

A machine of hypothesis over the reference client (docs/api/client) and the whole product, in one process on
real PostgreSQL. What must hold, whatever happened: what was acknowledged exists exactly once, what was not is
still on its phone, every phone converges to what its person may see, nobody receives what they may not, an
operation that comes again gets its first answer, and no figure hangs on the order in which entries came.
"""
