"""The index of decisions is made anew when what decides about it has changed, and only then."""

import ast
from importlib.resources import files

from assistant.register import indexing


def test_what_the_index_holds_hangs_on_no_file_that_its_version_leaves_out() -> None:
    own = set(indexing._RULES)
    for name in own:
        tree = ast.parse(files("assistant.register").joinpath(name).read_text("utf-8"))
        froms = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        rules = {f"{module.rpartition('.')[2]}.py" for module in froms if "register" in module}
        assert rules <= own, f"{name} goes by a file whose changes leave the index as it is"
