#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop is told of Signpost: the launcher, the software centre's page, the settings, the icons, the Flatpak."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import yaml

import tap

ROOT = pathlib.Path(os.environ["SIGNPOST_SOURCE_ROOT"])
APP_ID = "org.signpost.Signpost"
SVG = "{http://www.w3.org/2000/svg}"

# The keys of flatpak-builder(5) that a manifest of ours may use: flatpak-builder itself passes over those it does not know.
MANIFEST = {"id", "runtime", "runtime-version", "sdk", "command", "finish-args", "cleanup", "modules"}
MODULE = {"name", "buildsystem", "builddir", "config-opts", "sources", "cleanup"}
SOURCES = {"git": {"type", "url", "tag", "commit"}, "archive": {"type", "url", "sha256"}, "dir": {"type", "path"}}
BUILD_SYSTEMS = {"autotools", "cmake-ninja", "meson"}


def run(*command):
    """What a tool says, both ways, and its exit status."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def merge(kind, name, folder):
    """A file of data/ with today's translations: as the build makes it, which does not look whether those have changed."""
    merged = pathlib.Path(folder, name)
    subprocess.run(["msgfmt", f"--{kind}", "--template", ROOT / "data" / f"{name}.in", "-d", ROOT / "po", "-o", merged], check=True)
    return merged


class Desktop(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def test_the_launcher(self):
        launcher = merge("desktop", f"{APP_ID}.desktop", self.folder.name)
        self.assertEqual(run("desktop-file-validate", launcher), (0, ""))
        text = launcher.read_text(encoding="utf-8")
        self.assertIn(f"\nIcon={APP_ID}\n", text)
        self.assertIn("\nExec=signpost\n", text)
        self.assertRegex(text, r"\nComment\[cy\]=\w")

    def test_the_page_for_software_centres(self):
        page = merge("xml", f"{APP_ID}.metainfo.xml", self.folder.name)
        status, said = run("appstreamcli", "validate", "--no-net", page)
        self.assertEqual(status, 0, said)
        root = ElementTree.parse(page).getroot()
        self.assertEqual(root.findtext("id"), APP_ID)
        self.assertEqual(root.findtext("launchable"), f"{APP_ID}.desktop")
        self.assertEqual(root.find("releases/release").get("version"), os.environ["SIGNPOST_VERSION"])
        pictures = [image.text for image in root.findall("screenshots/screenshot/image")]
        self.assertGreaterEqual(len(pictures), 3)
        self.assertEqual([url for url in pictures if not url.startswith("https://signpost.example.org/")], [])

    def test_the_settings(self):
        schemas = list((ROOT / "data").glob("*.gschema.xml"))
        self.assertEqual([path.name for path in schemas], [f"{APP_ID}.gschema.xml"])
        self.assertEqual(run("glib-compile-schemas", "--strict", f"--targetdir={self.folder.name}", ROOT / "data"), (0, ""))


class Icons(unittest.TestCase):
    symbolic = sorted((ROOT / "data" / "icons" / "symbolic").glob("*.svg"))
    hicolor = ROOT / "data" / "icons" / "hicolor"

    def used(self):
        """The names of symbolic icons that templates and code ask for."""
        names = set()
        for path in [*(ROOT / "ui").glob("*.ui"), *(ROOT / "src" / "app").glob("*.[ch]")]:
            names |= set(re.findall(r'[">]([a-z][a-z0-9-]+-symbolic)["<]', path.read_text(encoding="utf-8")))
        return names

    def test_symbolic_icons_can_be_recoloured(self):
        for path in [*self.symbolic, self.hicolor / "symbolic" / "apps" / f"{APP_ID}-symbolic.svg"]:
            root = ElementTree.parse(path).getroot()
            self.assertEqual((root.get("width"), root.get("height"), root.get("viewBox")), ("16", "16", "0 0 16 16"), path)
            shapes = [shape for shape in root.iter() if shape.tag in (f"{SVG}path", f"{SVG}circle")]
            self.assertGreater(len(shapes), 0, path)
            for shape in shapes:
                self.assertEqual(shape.get("fill"), "#2e3436", path)
                self.assertIsNone(shape.get("stroke"), f"{path}: GTK recolours fills only")

    def test_the_icon_of_the_program(self):
        root = ElementTree.parse(self.hicolor / "scalable" / "apps" / f"{APP_ID}.svg").getroot()
        self.assertEqual(root.get("viewBox"), "0 0 128 128")

    def test_every_icon_is_built_in(self):
        listed = (ROOT / "ui" / "signpost.gresource.xml").read_text(encoding="utf-8")
        self.assertGreater(len(self.symbolic), 20)
        self.assertEqual([path.name for path in self.symbolic if f">{path.name}<" not in listed], [])

    def test_every_icon_that_is_asked_for_exists(self):
        theme = pathlib.Path("/usr/share/icons/Adwaita")
        known = {path.stem for path in [*self.symbolic, *theme.rglob("*-symbolic.svg")]}
        known |= {name for name in self.used() if name.startswith("adw-")}  # libadwaita brings those itself
        if not theme.exists():  # then only our own can be told
            known |= {name for name in self.used() if not name.startswith("signpost-")}
        self.assertGreater(len(self.used()), 0)
        self.assertEqual(sorted(self.used() - known), [])


class Flatpak(unittest.TestCase):
    manifest = yaml.safe_load((ROOT / "flatpak" / f"{APP_ID}.yml").read_text(encoding="utf-8"))

    def test_every_key_is_known(self):
        self.assertEqual(set(self.manifest) - MANIFEST, set())
        for module in self.manifest["modules"]:
            self.assertEqual(set(module) - MODULE, set(), module["name"])
            self.assertIn(module["buildsystem"], BUILD_SYSTEMS)
            for source in module["sources"]:
                self.assertEqual(set(source) - SOURCES[source["type"]], set(), module["name"])

    def test_it_builds_this_program_on_the_current_runtime(self):
        self.assertEqual((self.manifest["id"], self.manifest["command"]), (APP_ID, "signpost"))
        self.assertEqual((self.manifest["runtime"], self.manifest["sdk"]), ("org.gnome.Platform", "org.gnome.Sdk"))
        self.assertEqual(self.manifest["runtime-version"], "51")
        self.assertEqual(self.manifest["modules"][-1]["sources"], [{"type": "dir", "path": ".."}])

    def test_what_is_fetched_is_pinned(self):
        for module in self.manifest["modules"][:-1]:
            for source in module["sources"]:
                self.assertTrue(source["url"].startswith("https://"), source)
                if source["type"] == "git":
                    self.assertRegex(source["commit"], r"^[0-9a-f]{40}$", module["name"])
                    # libcsv has no tags
                    self.assertEqual("tag" in source, module["name"] != "libcsv", module["name"])
                else:
                    self.assertRegex(source["sha256"], r"^[0-9a-f]{64}$", module["name"])

    def test_it_asks_for_no_more_than_it_needs(self):
        allowed = {"--socket=wayland", "--socket=fallback-x11", "--share=ipc", "--device=dri", "--share=network"}
        self.assertEqual(set(self.manifest["finish-args"]), allowed)


if __name__ == "__main__":
    tap.main()
