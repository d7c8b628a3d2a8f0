package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {
    @Test
    void withoutTheKernelsFileResidentMemoryIsZero() {
        assertThat(ProcessMetrics.residentBytes(Path.of("/no/such/file"))).isZero();
        assertThat(ProcessMetrics.residentBytes(Path.of("/proc/self/status"))).isPositive();
    }
}
