"""What docker would make of the Dockerfile, where there is no docker: its instructions are followed in one folder a stage, by chroot within mounts of
their own. In place of the images that it names stands this machine with the Java of each: the JDK that builds Sluice, and a runtime linked from it."""

import json
import re
import shlex
import shutil
from pathlib import Path

from .programs import DEADLINE, ROOT, Program, jdk, run

# Of this machine, as its stand-ins for images have it.
LINKS = ("bin", "sbin", "lib", "lib64")
SETTINGS = ("alternatives", "group", "hosts", "ld.so.cache", "nsswitch.conf", "passwd", "resolv.conf", "ssl")
JAVA_HOME = "/opt/java/openjdk"
ENVIRONMENT = {"HOME": "/root", "JAVA_HOME": JAVA_HOME, "LANG": "C.UTF-8", "PATH": f"{JAVA_HOME}/bin:/usr/local/bin:/usr/bin:/bin"}
# The modules of a Java runtime: those of a JDK but its tools.
TOOLS = re.compile(r"jdk\.(attach|compiler|editpad|graal.*|hotspot\.agent|incubator.*|internal.*|jartool|javadoc|jcmd|jconsole|jdeps|jdi|jlink|jpackage|jshell|jstatd)")
BUILD_DEADLINE = 900


def possible():
    return run(["unshare", "--mount", "chroot", "/", "true"])[0] == 0


def instructions(text):
    """Words and the rest of each instruction."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [line.split(maxsplit=1) for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines()]


class Stage:
    def __init__(self, folder, base):
        self.root, self.java = folder / "root", folder / "java"
        self.workdir = "/"
        self.user = "0:0"
        self.settings = {}
        for name in ("etc", "usr", "dev", "proc", "tmp", "root", JAVA_HOME[1:]):
            (self.root / name).mkdir(parents=True)
        for name in LINKS:
            (self.root / name).symlink_to(f"usr/{name}")
        for name in SETTINGS:
            source = Path("/etc", name)
            if source.is_dir():
                shutil.copytree(source, self.root / "etc" / name, symlinks=True)
            elif source.exists():
                shutil.copy(source, self.root / "etc" / name)
        self._install(base)

    def _install(self, base):
        assert re.fullmatch(r"eclipse-temurin:25[.0-9_]+-(jdk|jre)-\w+", base), base
        if "-jdk-" in base:
            self.java.symlink_to(jdk())
            return
        modules = [line.split("@")[0] for line in run([f"{jdk()}/bin/java", "--list-modules"])[1].split()]
        runtime = ",".join(module for module in modules if not TOOLS.fullmatch(module))
        code, output = run([f"{jdk()}/bin/jlink", "--add-modules", runtime, "--output", str(self.java)])
        assert code == 0, output

    def copy(self, argument, stages):
        *options, source, target = argument.split()
        target = self.root / str(Path(self.workdir, target))[1:]
        if options:
            (name,) = [option.removeprefix("--from=") for option in options]
            shutil.copytree(stages[name].root / source[1:], target, symlinks=True)
        else:
            assert source == "."
            shutil.copytree(ROOT, target, symlinks=True, ignore=ignored, dirs_exist_ok=True)

    def run(self, argument):
        caches = re.findall(r"--mount=type=cache,target=(\S+)", argument)
        command = re.sub(r"--mount=\S+\s+", "", argument)
        binds = {Path.home() / Path(cache).name: cache for cache in caches}
        code, output = run(self.command(["sh", "-c", command], binds), deadline=BUILD_DEADLINE)
        assert code == 0, f"RUN {command}:\n{output}"

    def command(self, words, binds, read_only=False):
        """The command line that runs words within the stage, where binds of files and folders of this machine have the paths given."""
        at = self.root.with_name("at")
        at.mkdir(exist_ok=True)
        script = ["set -e", f"mount --bind {self.root} {at}"]
        for source, target in binds.items():
            inner = self.root / target[1:]
            if source.is_dir():
                inner.mkdir(parents=True, exist_ok=True)
            else:
                inner.parent.mkdir(parents=True, exist_ok=True)
                inner.touch()
        if read_only:
            script.append(f"mount -o remount,bind,ro {at}")
        script += [f"mount --rbind /{name} {at}/{name}" for name in ("usr", "dev", "proc")]
        # No Java but the image's.
        script += [f"mount -t tmpfs none {at}/usr/lib/jvm", f"mount -t tmpfs -o mode=1777 none {at}/tmp"]
        script.append(f"mount --bind {self.java.resolve()} {at}{JAVA_HOME}")
        script += [f"mount --bind {self.root}{volume} {at}{volume}" for volume in self.settings.get("VOLUME", "").split()]
        script += [f"mount --bind {source} {at}{target}" for source, target in binds.items()]
        inside = ["/usr/bin/env", "-i", f"--chdir={self.workdir}", *(f"{key}={value}" for key, value in ENVIRONMENT.items()), *words]
        script.append(shlex.join(["exec", "chroot", f"--userspec={self.user}", str(at), *inside]))
        return ["unshare", "--mount", "sh", "-c", "\n".join(script)]


def ignored(folder, names):
    patterns = (ROOT / ".dockerignore").read_text().split()
    top = Path(folder) == ROOT
    return [name for name in names if f"**/{name}" in patterns or top and name in patterns]


class Image:
    """The last stage of the Dockerfile, once all have been followed."""

    def __init__(self, folder):
        self.folder = folder
        stages = {}
        for number, (word, argument) in enumerate(instructions((ROOT / "Dockerfile").read_text())):
            match word:
                case "FROM":
                    base, *name = re.split(r"\s+AS\s+", argument)
                    stage = Stage(folder / str(number), base)
                    stages |= {key: stage for key in name}
                case "WORKDIR":
                    stage.workdir = argument
                    (stage.root / argument[1:]).mkdir(parents=True)
                case "COPY":
                    stage.copy(argument, stages)
                case "RUN":
                    stage.run(argument)
                case "USER":
                    stage.user = argument
                case "VOLUME" | "EXPOSE" | "LABEL" | "HEALTHCHECK" | "ENTRYPOINT" | "CMD":
                    stage.settings[word] = argument
                case _:
                    raise AssertionError(f"{word} is not known here")
        self.stage = stage
        self.root = stage.root

    def _words(self, key):
        return json.loads(self.stage.settings[key])

    def start(self, binds, name):
        """The container with its standard command, as docker-compose.yml runs it: with nothing to write to but volumes and /tmp."""
        words = self._words("ENTRYPOINT") + self._words("CMD")
        return Program(self.stage.command(words, binds, read_only=True), self.folder, name=name)

    def run(self, *arguments):
        return run(self.stage.command([*self._words("ENTRYPOINT"), *arguments], {}, read_only=True))

    def healthy(self):
        """Whether its own check says so."""
        check = re.search(r"CMD (\[.*\])", self.stage.settings["HEALTHCHECK"])[1]
        return run(self.stage.command(json.loads(check), {}, read_only=True), deadline=DEADLINE)[0] == 0
