package dev.sluice.processors.memorylimiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryLimiterTest {
    private static final long MIB = 1024 * 1024;

    private final MemoryLimiterProcessorFactory factory = new MemoryLimiterProcessorFactory();

    @ParameterizedTest
    @EnumSource
    void batchPassesUnchangedAndIsCounted(Signal signal) {
        RecordingConsumer next = new RecordingConsumer();
        TestContext context = new TestContext("memory_limiter");
        Processor processor = factory.create(config(1000, 0, 0, 0), next, context);
        Telemetry batch = Telemetry.of(signal, Bytes.of(new byte[] {10, 0}), 7, Origin.INTERNAL);

        Outcome outcome = processor.consume(batch).result();

        assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
        assertThat(next.batches()).singleElement().isSameAs(batch);
        assertThat(context.meters().value("processor_memory_limiter_accepted_" + signal.items()))
                .isEqualTo(7);
        assertThat(factory.signals()).containsKey(signal);
    }

    @Test
    void refusalOfTheNextStageIsPassedOn() {
        Outcome refusal = Outcome.retryable(Reason.UNAVAILABLE, "down", Duration.ofSeconds(1));
        Processor processor = factory.create(
                config(1000, 0, 0, 0), new RecordingConsumer().answer(refusal), new TestContext("memory_limiter"));

        assertThat(processor
                        .consume(Telemetry.of(Signal.LOGS, Bytes.EMPTY, 0, Origin.INTERNAL))
                        .result())
                .isSameAs(refusal);
    }

    @Test
    void softLimitIsTheLimitLessTheSpike() {
        assertThat(config(1000, 300, 0, 0).limitBytes()).isEqualTo(1000 * MIB);
        assertThat(config(1000, 300, 0, 0).softBytes()).isEqualTo(700 * MIB);
    }

    @Test
    void spikeIsAFifthOfTheLimitUnlessItIsGiven() {
        assertThat(config(1000, 0, 0, 0).softBytes()).isEqualTo(800 * MIB);
    }

    @Test
    void limitInMibWinsOverPercentage() {
        assertThat(config(1000, 100, 50, 25).limitBytes()).isEqualTo(1000 * MIB);
        assertThat(config(1000, 100, 50, 25).softBytes()).isEqualTo(900 * MIB);
    }

    @Test
    void percentagesAreOfTheContainersMemory() {
        long memory = ContainerMemory.SYSTEM.bytes();

        assertThat(config(0, 0, 80, 20).limitBytes()).isEqualTo(80 * memory / 100);
        assertThat(config(0, 0, 80, 20).softBytes()).isEqualTo(80 * memory / 100 - 20 * memory / 100);
        assertThat(config(0, 0, 0, 0).limitBytes()).isZero();
    }

    @Test
    void limitOfAVersion2GroupIsTheContainersMemory(@TempDir Path root) throws IOException {
        write(root, "sys/fs/cgroup/memory.max", "536870912\n");
        write(root, "proc/meminfo", "MemTotal:       16384000 kB\n");

        assertThat(new ContainerMemory(root).bytes()).isEqualTo(536_870_912);
    }

    @Test
    void limitOfAVersion1GroupIsTheContainersMemory(@TempDir Path root) throws IOException {
        write(root, "sys/fs/cgroup/memory/memory.limit_in_bytes", "268435456\n");

        assertThat(new ContainerMemory(root).bytes()).isEqualTo(268_435_456);
    }

    @ParameterizedTest
    @CsvSource({"sys/fs/cgroup/memory.max,max", "sys/fs/cgroup/memory/memory.limit_in_bytes,9223372036854771712"})
    void withoutALimitItIsTheMachinesMemory(String file, String unlimited, @TempDir Path root) throws IOException {
        write(root, file, unlimited + "\n");
        write(root, "proc/meminfo", "HugePages_Total: 0\nMemTotal:       16384000 kB\nMemFree: 1 kB\n");

        assertThat(new ContainerMemory(root).bytes()).isEqualTo(16_384_000L * 1024);
    }

    @Test
    void machineThatDoesNotTellItsMemoryIsAnErrorThatNamesTheWayOut(@TempDir Path root) throws IOException {
        write(root, "proc/meminfo", "MemFree: 1 kB\n");

        assertThatThrownBy(() -> new ContainerMemory(root).bytes())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("use fixed memory settings (limit_mib)");
    }

    @Test
    void defaultsLackAnIntervalAndALimit() {
        assertThat(Configs.problems(MemoryLimiterConfig.DEFAULT))
                .containsExactly(
                        "check_interval: 'check_interval' must be greater than zero",
                        "'limit_mib' or 'limit_percentage' must be greater than zero");
    }

    @Test
    void limitsThatContradictEachOtherAreAllReported() {
        assertThat(Configs.problems(config(100, 100, 0, 0)))
                .containsExactly("spike_limit_mib: 'spike_limit_mib' must be smaller than 'limit_mib'");
        assertThat(Configs.problems(config(0, 0, 20, 20)))
                .containsExactly(
                        "spike_limit_percentage: 'spike_limit_percentage' must be smaller than 'limit_percentage'");
        assertThat(Configs.problems(config(0, 0, 101, 0)))
                .containsExactly(
                        "limit_percentage: 'limit_percentage' and 'spike_limit_percentage' must be greater than"
                                + " zero and less than or equal to hundred");
        assertThat(Configs.problems(config(0, 0, 50, -1)))
                .containsExactly("spike_limit_percentage: 'limit_percentage' and 'spike_limit_percentage' must be"
                        + " greater than zero and less than or equal to hundred");
        assertThat(Configs.problems(config(-1, -2, 0, 0)))
                .containsExactly(
                        "limit_mib: 'limit_mib' must not be negative",
                        "spike_limit_mib: 'spike_limit_mib' must not be negative");
        assertThat(Configs.problems(config(100, 20, 80, 20))).isEmpty();
    }

    @Test
    void intervalsOfGarbageCollectionAreCheckedAsInTheCollector() {
        assertThat(Configs.problems(intervals(1, 2, 30, 30)))
                .containsExactly("min_gc_interval_when_soft_limited: 'min_gc_interval_when_soft_limited' should be"
                        + " larger than 'min_gc_interval_when_hard_limited'");
        assertThat(Configs.problems(intervals(0, 0, -1, -1)))
                .containsExactly(
                        "max_gc_interval_when_soft_limited: 'max_gc_interval_when_soft_limited' must be non-negative",
                        "max_gc_interval_when_hard_limited: 'max_gc_interval_when_hard_limited' must be non-negative");
        assertThat(Configs.problems(intervals(10, 5, 4, 3)))
                .containsExactly(
                        "max_gc_interval_when_soft_limited: 'max_gc_interval_when_soft_limited' must be greater than or"
                                + " equal to 'min_gc_interval_when_soft_limited' (or 0 to disable)",
                        "max_gc_interval_when_hard_limited: 'max_gc_interval_when_hard_limited' must be greater than or"
                                + " equal to 'min_gc_interval_when_hard_limited' (or 0 to disable)");
        assertThat(Configs.problems(intervals(0, 0, 10, 20)))
                .containsExactly("max_gc_interval_when_soft_limited: 'max_gc_interval_when_soft_limited' should be"
                        + " larger than or equal to 'max_gc_interval_when_hard_limited' (when both are set)");
        assertThat(Configs.problems(intervals(10, 5, 0, 0))).isEmpty();
    }

    private static MemoryLimiterConfig config(int limit, int spike, int percentage, int spikePercentage) {
        MemoryLimiterConfig defaults = new MemoryLimiterProcessorFactory().defaultConfig();
        return new MemoryLimiterConfig(
                Duration.ofSeconds(1),
                limit,
                spike,
                percentage,
                spikePercentage,
                defaults.minGcIntervalWhenSoftLimited(),
                defaults.minGcIntervalWhenHardLimited(),
                defaults.maxGcIntervalWhenSoftLimited(),
                defaults.maxGcIntervalWhenHardLimited());
    }

    private static MemoryLimiterConfig intervals(int leastSoft, int leastHard, int mostSoft, int mostHard) {
        return new MemoryLimiterConfig(
                Duration.ofSeconds(1),
                1000,
                0,
                0,
                0,
                Duration.ofSeconds(leastSoft),
                Duration.ofSeconds(leastHard),
                Duration.ofSeconds(mostSoft),
                Duration.ofSeconds(mostHard));
    }

    private static void write(Path root, String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
