"""From a document to one that the generator does well: schemas, parameters, names, and what the templates need to know."""
