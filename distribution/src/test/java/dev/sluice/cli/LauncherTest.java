package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.docs.Repository;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
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
        assertThat(version("JAVA_HOME=/nonexistent")).startsWith("sluice version ");
    }

    /** As a service of systemd that runs as root, or a container that is given nothing. */
    @Test
    void findsAJavaWhereThereIsNoHome() throws Exception {
        assertThat(version("-u", "HOME", "-u", "JAVA_HOME")).startsWith("sluice version ");
    }

    /** Installed by hand somewhere, and linked from a folder of the PATH. */
    @Test
    void findsTheJavaOnThePathBeforeThoseOfTheSystem() throws Exception {
        Path bin = Files.createDirectory(home.resolve("path"));
        Files.createSymbolicLink(bin.resolve("java"), jdk().resolve("bin/java"));
        assertThat(version("-u", "JAVA_HOME", "PATH=" + bin + ":/usr/bin:/bin")).startsWith("the test's own java");
    }

    /** As long as the one before, and of the same time: as all that a build makes is. */
    @Test
    void anotherJarAsksForAnotherStartUpCache() throws Exception {
        Path jar = home.resolve("lib/sluice-other-test.jar");
        String[] environment = {"SLUICE_AOT=on", "JAVA_HOME=" + jdk()};
        String making = "sluice: making the start-up cache, once ...";
        for (String content : List.of("a", "b")) {
            Files.writeString(jar, content);
            Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
            assertThat(version(environment)).contains(making);
            assertThat(version(environment)).doesNotContain(making).contains("-XX:AOTCache=" + home.resolve("lib"));
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
        assertThat(version("SLUICE_JAVA_OPTS=-XX:+PrintCommandLineFlags -Xmx77m", "JAVA_OPTS=-Xss300k"))
                .contains(
                        "-XX:MaxHeapSize=80740352",
                        "-XX:ThreadStackSize=300",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+ExitOnOutOfMemoryError");
    }

    /** A class path of folders, which this is, cannot be cached. */
    @Test
    void startsWithoutACacheWhereNoneCanBeMade() throws Exception {
        assertThat(version("SLUICE_AOT=on"))
                .contains("sluice: making the start-up cache, once ...")
                .contains("sluice version ");
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
        List<String> command = List.of(home.resolve("bin/sluice").toString(), "--config", config.toString());
        try (Child child = Child.start(command, Map.of("SLUICE_AOT", "off"))) {
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

    /**
     * What {@code --version} prints, which succeeds; without the start-up cache unless it is turned on.
     *
     * @param environment as {@code env} takes it: {@code KEY=VALUE}, and before those {@code -u KEY} for one that there is not
     */
    private String version(String... environment) throws Exception {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(List.of(environment));
        command.addAll(List.of(home.resolve("bin/sluice").toString(), "--version"));
        try (Child child = Child.start(command, Map.of("SLUICE_AOT", "off"))) {
            assertThat(child.exit()).isZero();
            return child.output();
        }
    }
}
