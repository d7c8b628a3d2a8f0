package dev.sluice.receivers.jvm;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.sluice.receivers.jvm.MetricsRequest.Point;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reads the platform's MXBeans. Some of them read files or stop threads for a moment, so not on an event loop. */
final class JvmReadings {
    private final ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** When the JVM started, in nanoseconds since the epoch. */
    static long startEpochNanos() {
        return ManagementFactory.getRuntimeMXBean().getStartTime() * 1_000_000;
    }

    void write(MetricsRequest request) {
        memory(request);
        buffers(request);
        threads(request);
        request.metric(JvmMetric.CLASS_LOADED, one(classes.getTotalLoadedClassCount()));
        request.metric(JvmMetric.CLASS_UNLOADED, one(classes.getUnloadedClassCount()));
        request.metric(JvmMetric.CLASS_COUNT, one(classes.getLoadedClassCount()));
        request.metric(JvmMetric.CPU_COUNT, one(Runtime.getRuntime().availableProcessors()));
        request.metric(JvmMetric.CPU_TIME, known(system.getProcessCpuTime() / 1e9));
        request.metric(JvmMetric.CPU_RECENT_UTILIZATION, known(system.getProcessCpuLoad()));
        request.metric(JvmMetric.SYSTEM_CPU_UTILIZATION, known(system.getCpuLoad()));
        request.metric(JvmMetric.SYSTEM_CPU_LOAD_1M, known(system.getSystemLoadAverage()));
        if (system instanceof UnixOperatingSystemMXBean unix) {
            request.metric(JvmMetric.FILE_DESCRIPTOR_COUNT, one(unix.getOpenFileDescriptorCount()));
            request.metric(JvmMetric.FILE_DESCRIPTOR_LIMIT, one(unix.getMaxFileDescriptorCount()));
        }
    }

    private static void memory(MetricsRequest request) {
        request.metric(JvmMetric.MEMORY_USED, pools(MemoryPoolMXBean::getUsage, MemoryUsage::getUsed));
        request.metric(JvmMetric.MEMORY_COMMITTED, pools(MemoryPoolMXBean::getUsage, MemoryUsage::getCommitted));
        request.metric(JvmMetric.MEMORY_LIMIT, pools(MemoryPoolMXBean::getUsage, MemoryUsage::getMax));
        request.metric(JvmMetric.MEMORY_INIT, pools(MemoryPoolMXBean::getUsage, MemoryUsage::getInit));
        request.metric(
                JvmMetric.MEMORY_USED_AFTER_LAST_GC, pools(MemoryPoolMXBean::getCollectionUsage, MemoryUsage::getUsed));
    }

    /** Pools without the usage, and values that are not defined, are left out. */
    private static List<Point> pools(
            Function<MemoryPoolMXBean, @Nullable MemoryUsage> usage, ToLongFunction<MemoryUsage> value) {
        List<Point> points = new ArrayList<>();
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage known = usage.apply(pool);
            if (known != null && value.applyAsLong(known) >= 0) {
                points.add(new Point(
                        value.applyAsLong(known),
                        Map.of(
                                "jvm.memory.type",
                                pool.getType() == MemoryType.HEAP ? "heap" : "non_heap",
                                "jvm.memory.pool.name",
                                pool.getName())));
            }
        }
        return points;
    }

    private static void buffers(MetricsRequest request) {
        request.metric(JvmMetric.BUFFER_MEMORY_USED, buffers(BufferPoolMXBean::getMemoryUsed));
        request.metric(JvmMetric.BUFFER_MEMORY_LIMIT, buffers(BufferPoolMXBean::getTotalCapacity));
        request.metric(JvmMetric.BUFFER_COUNT, buffers(BufferPoolMXBean::getCount));
    }

    private static List<Point> buffers(ToLongFunction<BufferPoolMXBean> value) {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> value.applyAsLong(pool) >= 0)
                .map(pool -> new Point(value.applyAsLong(pool), Map.of("jvm.buffer.pool.name", pool.getName())))
                .toList();
    }

    private void threads(MetricsRequest request) {
        Map<String, Long> daemons = new TreeMap<>();
        Map<String, Long> others = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            // A thread may have ended between the two calls.
            if (thread != null) {
                (thread.isDaemon() ? daemons : others)
                        .merge(thread.getThreadState().name().toLowerCase(Locale.ROOT), 1L, Long::sum);
            }
        }
        List<Point> points = new ArrayList<>();
        daemons.forEach((state, count) -> points.add(thread(true, state, count)));
        others.forEach((state, count) -> points.add(thread(false, state, count)));
        request.metric(JvmMetric.THREAD_COUNT, points);
    }

    private static Point thread(boolean daemon, String state, long count) {
        return new Point(count, Map.of("jvm.thread.daemon", daemon, "jvm.thread.state", state));
    }

    private static List<Point> one(long value) {
        return List.of(new Point(value, Map.of()));
    }

    /** The platform says with a negative number that it does not know. */
    private static List<Point> known(double value) {
        return value < 0 ? List.of() : List.of(new Point(value, Map.of()));
    }
}
