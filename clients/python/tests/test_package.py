"""Tests of the package that is installed, by every Python from 3.9 on that is on this machine."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

from tests.server import shared

HERE = pathlib.Path(__file__).resolve().parents[1]
VERSIONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")


def pythons():
    """One interpreter of each version that is found on the path, or where pyenv keeps them."""
    found = {}
    for version in VERSIONS:
        places = [shutil.which(f"python{version}")]
        places += sorted(map(str, pathlib.Path.home().glob(f".pyenv/versions/{version}.*/bin/python")))
        usable = [place for place in places if place and "shims" not in place]
        if usable:
            found[version] = usable[0]
    return found


class PackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="headway-package-"))
        source = cls.folder / "source"
        source.mkdir()
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(HERE / name, source)
        shutil.copytree(HERE / "headway", source / "headway", ignore=shutil.ignore_patterns("__pycache__"))
        build = "from setuptools import build_meta; build_meta.build_wheel('..')"
        subprocess.run([sys.executable, "-c", build], cwd=source, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        (cls.wheel,) = cls.folder.glob("*.whl")
        cls.installed = cls.folder / "installed"
        with zipfile.ZipFile(cls.wheel) as wheel:
            wheel.extractall(cls.installed)
        (cls.installed / "tests").symlink_to(HERE / "tests")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_wheel_has_the_package_and_its_types_and_needs_nothing(self):
        self.assertTrue((self.installed / "headway" / "py.typed").exists())
        (said,) = self.installed.glob("*.dist-info/METADATA")
        required = [line for line in said.read_text().splitlines() if line.startswith("Requires-Dist")]
        self.assertTrue(all("extra ==" in line for line in required), required)

    def test_every_python_tracks(self):
        environment = {**os.environ, "PYTHONPATH": str(self.installed), "HEADWAY_TEST_URL": shared().url, "PYTHONDONTWRITEBYTECODE": "1"}
        for version, python in pythons().items():
            with self.subTest(version):
                command = [python, "-W", "error::SyntaxWarning", "-m", "unittest", "-q", "tests.test_track"]
                done = subprocess.run(
                    command, cwd=self.installed, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
                )
                self.assertEqual(done.returncode, 0, done.stdout)
                where = subprocess.run([python, "-c", "import headway; print(headway.__file__)"], cwd=self.installed, env=environment, text=True, stdout=subprocess.PIPE)
                self.assertIn(str(self.installed), where.stdout)


if __name__ == "__main__":
    unittest.main()
