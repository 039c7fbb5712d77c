"""The generated project, in each of its forms."""
import dataclasses
import re
import unittest

import paths  # noqa: F401
from generate.project import Options, Project

SMALL = Options(files=450, share=0.1, schema_bytes=30_000, total_bytes=600_000, seed=5)
DOCUMENT = re.compile(r"`\n(\s*(?:query|mutation|subscription|fragment) [^`]*)`")


def contents(form):
    return dict(Project(dataclasses.replace(SMALL, form=form)).contents())


def documents(files):
    """File without extension -> its documents, each with single spaces."""
    found = {}
    for path, text in files.items():
        texts = [" ".join(document.split()) for document in DOCUMENT.findall(text)]
        if texts:
            found[path] = texts
    return found


class Forms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.relay, cls.calls, cls.mixed = (contents(form) for form in ("relay", "calls", "mixed"))

    def test_the_same_options_give_the_same_bytes(self):
        self.assertEqual(self.mixed, contents("mixed"))

    def test_tags_and_calls_hold_the_same_documents_in_the_same_files(self):
        found = documents(self.relay)
        self.assertEqual(len(found), 45)
        self.assertEqual(found, documents(self.calls))

    def test_each_form_is_written_in_its_own_way_alone(self):
        for files, own, other in ((self.relay, "graphql`", "graphql(`"), (self.calls, "graphql(`", "graphql`")):
            texts = [text for path, text in files.items() if path in documents(files)]
            self.assertTrue(all(own in text for text in texts))
            self.assertFalse(any(other in text for text in texts))
            self.assertFalse(any(path.endswith(".graphql") and path.startswith("src/") for path in files))

    def test_names_are_as_relay_wants_them(self):
        for path, texts in documents(self.relay).items():
            module = path.rsplit("/", 1)[1].rsplit(".", 1)[0]
            for text in texts:
                kind, name = re.match(r"(\w+) (\w+)", text).groups()
                self.assertTrue(name.startswith(module), f"{path}: {name}")
                if kind == "fragment":
                    self.assertTrue(name.startswith(f"{module}_"), f"{path}: {name}")
                else:
                    self.assertTrue(name.endswith(kind.capitalize()), f"{path}: {name}")

    def test_names_are_unique(self):
        for files in (self.relay, self.mixed):
            names = [re.match(r"\w+ (\w+)", text)[1] for texts in documents(files).values() for text in texts]
            self.assertEqual(len(names), len(set(names)))

    def test_the_mixed_form_has_all_styles(self):
        wanted = {"@apollo/client", "react-relay", "@/gql"}
        found = {name for name in wanted if any(f'from "{name}"' in text for text in self.mixed.values())}
        self.assertEqual(found, wanted)


if __name__ == "__main__":
    unittest.main()
