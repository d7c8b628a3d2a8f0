package dev.sluice.engine.telemetry;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.opentelemetry.api.metrics.Meter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** The metrics {@code otelcol_process_*}, with the JVM's nearest to what the Collector takes from the Go runtime. */
final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMetrics() {}

    static void register(Meter meter) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long started = System.nanoTime() - ManagementFactory.getRuntimeMXBean().getUptime() * 1_000_000;

        counter(meter, "uptime", "s", "Uptime of the process [Alpha]", () -> (System.nanoTime() - started) / 1e9);
        counter(
                meter,
                "cpu_seconds",
                "s",
                "Total CPU user and system time in seconds [Alpha]",
                () -> system.getProcessCpuTime() / 1e9);
        if (Files.isReadable(STATUS)) {
            gauge(
                    meter,
                    "memory_rss",
                    "Total physical memory (resident set size) [Alpha]",
                    () -> residentBytes(STATUS));
        }
        gauge(
                meter,
                "runtime_heap_alloc_bytes",
                "Bytes of objects in the heap, live ones and those not collected yet [Alpha]",
                () -> memory.getHeapMemoryUsage().getUsed());
        counter(
                meter,
                "runtime_total_alloc_bytes",
                "By",
                "Bytes of all objects that threads have made since the start [Alpha]",
                threads::getTotalThreadAllocatedBytes);
        gauge(
                meter,
                "runtime_total_sys_memory_bytes",
                "Bytes that the heap and the other memory pools hold of the system [Alpha]",
                () -> memory.getHeapMemoryUsage().getCommitted()
                        + memory.getNonHeapMemoryUsage().getCommitted());
    }

    /** From the line {@code VmRSS:    12345 kB}; 0 if there is none. */
    static long residentBytes(Path status) {
        try {
            return Files.readString(status, StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static void counter(Meter meter, String name, String unit, String description, DoubleSupplier value) {
        meter.counterBuilder("otelcol_process_" + name)
                .ofDoubles()
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measurement -> measurement.record(value.getAsDouble()));
    }

    private static void gauge(Meter meter, String name, String description, LongSupplier value) {
        meter.gaugeBuilder("otelcol_process_" + name)
                .ofLongs()
                .setUnit("By")
                .setDescription(description)
                .buildWithCallback(measurement -> measurement.record(value.getAsLong()));
    }
}
