package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.docs.Repository;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as {@code bin/sluice} of a distribution whose one jar names the classes under test. */
class LauncherTest {
    @TempDir
    private Path home;

    @BeforeEach
    void layOut() throws Exception {
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Path script = Files.copy(Repository.file("sluice"), home.resolve("bin/sluice"));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.copy(Repository.file(".mvn/find-jdk.sh"), home.resolve("bin/find-jdk.sh"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(Child.classPath().split(File.pathSeparator, -1))
                                .map(path -> Path.of(path).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (OutputStream jar = Files.newOutputStream(home.resolve("lib/sluice-distribution-test.jar"))) {
            new JarOutputStream(jar, manifest).close();
        }
    }

    @Test
    void findsAJavaByItselfAndHandsTheArgumentsOn() throws Exception {
        try (Child child = run(Map.of("SLUICE_AOT", "off", "JAVA_HOME", "/nonexistent"), "--version")) {
            assertThat(child.exit()).isZero();
            assertThat(child.output()).startsWith("sluice version ");
        }
    }

    /** As a service of systemd that runs as root, or a container that is given nothing. */
    @Test
    void findsAJavaWhereThereIsNoHome() throws Exception {
        List<String> command = List.of(
                "env",
                "-u",
                "HOME",
                "-u",
                "JAVA_HOME",
                home.resolve("bin/sluice").toString(),
                "--version");
        try (Child child = Child.start(command, Map.of("SLUICE_AOT", "off"))) {
            assertThat(child.exit()).isZero();
            assertThat(child.output()).startsWith("sluice version ");
        }
    }

    /** Installed by hand somewhere, and linked from a folder of the PATH. */
    @Test
    void findsTheJavaOnThePathBeforeThoseOfTheSystem() throws Exception {
        Path bin = Files.createDirectory(home.resolve("path"));
        Files.createSymbolicLink(bin.resolve("java"), jdk().resolve("bin/java"));
        List<String> command = List.of(
                "env",
                "-u",
                "JAVA_HOME",
                "PATH=" + bin + ":/usr/bin:/bin",
                home.resolve("bin/sluice").toString(),
                "--version");
        try (Child child = Child.start(command, Map.of("SLUICE_AOT", "off"))) {
            assertThat(child.exit()).isZero();
            assertThat(child.output()).startsWith("the test's own java");
        }
    }

    /** As long as the one before, and of the same time: as all that a build makes is. */
    @Test
    void anotherJarAsksForAnotherStartUpCache() throws Exception {
        Path jar = home.resolve("lib/sluice-other-test.jar");
        Map<String, String> environment = Map.of("SLUICE_AOT", "on", "JAVA_HOME", jdk().toString());
        String making = "sluice: making the start-up cache, once ...";
        for (String content : List.of("a", "b")) {
            Files.writeString(jar, content);
            Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
            try (Child first = run(environment, "--version")) {
                first.exit();
                assertThat(first.output()).contains(making);
            }
            try (Child again = run(environment, "--version")) {
                again.exit();
                assertThat(again.output()).doesNotContain(making).contains("-XX:AOTCache=" + home.resolve("lib"));
            }
        }
    }

    /** One that says what it is called with and makes caches of nothing. */
    private Path jdk() throws IOException {
        Path jdk = home.resolve("jdk");
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.99\"\n");
        Files.writeString(java, """
                #!/bin/sh
                echo "the test's own java: $*"
                for argument; do
                    case $argument in
                    -XX:AOTCacheOutput=*) : >"${argument#*=}" ;;
                    esac
                done
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return jdk;
    }

    @Test
    void worksThroughALinkFromElsewhere() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("link"), Path.of("bin/sluice"));
        try (Child child = Child.start(List.of(link.toString(), "nonsense"), Map.of("SLUICE_AOT", "off"))) {
            assertThat(child.exit()).isEqualTo(1);
            assertThat(child.output()).isEqualTo("Error: unknown command \"nonsense\" for \"sluice\"\n");
        }
    }

    @Test
    void optionsOfTheUserReachTheJvmBehindItsOwn() throws Exception {
        Map<String, String> environment = Map.of(
                "SLUICE_AOT", "off", "SLUICE_JAVA_OPTS", "-XX:+PrintCommandLineFlags -Xmx77m", "JAVA_OPTS", "-Xss300k");
        try (Child child = run(environment, "--version")) {
            assertThat(child.exit()).isZero();
            assertThat(child.output())
                    .contains(
                            "-XX:MaxHeapSize=80740352",
                            "-XX:ThreadStackSize=300",
                            "-XX:+UseCompactObjectHeaders",
                            "-XX:+ExitOnOutOfMemoryError");
        }
    }

    /** A class path of folders, which this is, cannot be cached. */
    @Test
    void startsWithoutACacheWhereNoneCanBeMade() throws Exception {
        try (Child child = run(Map.of("SLUICE_AOT", "on"), "--version")) {
            assertThat(child.exit()).isZero();
            assertThat(child.output())
                    .contains("sluice: making the start-up cache, once ...")
                    .contains("sluice version ");
        }
    }

    @Test
    void theProcessIsTheJvmSoThatSignalsReachIt() throws Exception {
        Path config = Files.writeString(home.resolve("config.yaml"), """
            receivers: {nop: }
            exporters: {nop: }
            service:
              pipelines: {traces: {receivers: [nop], exporters: [nop]}}
              telemetry: {metrics: {level: none}}
            """);
        try (Child child = run(Map.of("SLUICE_AOT", "off"), "--config", config.toString())) {
            child.await("Everything is ready. Begin running and processing data.");
            child.signal("HUP");
            child.await("Config updated, restart service");
            child.await("Everything is ready. Begin running and processing data.");
            Files.writeString(config, "receivers: {");
            child.signal("HUP");
            assertThat(child.await("Failed to reload the configuration.")).contains("config.yaml:1:");
            child.signal("TERM");
            assertThat(child.exit()).isZero();
            assertThat(child.output()).contains("Starting shutdown...", "Shutdown complete.");
        }
    }

    private Child run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new java.util.ArrayList<>(List.of(home.resolve("bin/sluice").toString()));
        command.addAll(List.of(arguments));
        return Child.start(command, environment);
    }
}
