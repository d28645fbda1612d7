"""`llm`: any language model behind an endpoint that speaks OpenAI's chat protocol.

Data flows one way: a document is cut into chunks, each is put into a prompt, asked, kept in
the ledger, parsed into claims, and the claims of all chunks become the quotes of the document.
"""

from baselines.llm.attributor import Llm as Llm
