package dev.sluice.receivers.jvm;

/**
 * The metrics of OpenTelemetry's semantic conventions for the JVM, version 1.44: stable ones first, then those in development.
 */
enum JvmMetric {
    MEMORY_USED("jvm.memory.used", "By", Kind.UP_DOWN_COUNTER, "Bytes of a pool in use."),
    MEMORY_COMMITTED("jvm.memory.committed", "By", Kind.UP_DOWN_COUNTER, "Bytes that a pool is sure to have."),
    MEMORY_LIMIT("jvm.memory.limit", "By", Kind.UP_DOWN_COUNTER, "The most bytes that a pool can have."),
    MEMORY_USED_AFTER_LAST_GC(
            "jvm.memory.used_after_last_gc",
            "By",
            Kind.UP_DOWN_COUNTER,
            "Bytes of a pool that its last garbage collection left in use."),
    GC_DURATION("jvm.gc.duration", "s", Kind.HISTOGRAM, "How long garbage collections took."),
    THREAD_COUNT("jvm.thread.count", "{thread}", Kind.UP_DOWN_COUNTER, "Platform threads there are."),
    CLASS_LOADED("jvm.class.loaded", "{class}", Kind.COUNTER, "Classes loaded since the JVM started."),
    CLASS_UNLOADED("jvm.class.unloaded", "{class}", Kind.COUNTER, "Classes unloaded since the JVM started."),
    CLASS_COUNT("jvm.class.count", "{class}", Kind.UP_DOWN_COUNTER, "Classes loaded now."),
    CPU_COUNT("jvm.cpu.count", "{cpu}", Kind.UP_DOWN_COUNTER, "Processors that the JVM may use."),
    CPU_TIME("jvm.cpu.time", "s", Kind.COUNTER, "CPU time that the process has used."),
    CPU_RECENT_UTILIZATION(
            "jvm.cpu.recent_utilization", "1", Kind.GAUGE, "Share of the CPUs that the process used of late."),
    MEMORY_INIT("jvm.memory.init", "By", Kind.UP_DOWN_COUNTER, "Bytes that a pool asked for at first."),
    SYSTEM_CPU_UTILIZATION(
            "jvm.system.cpu.utilization", "1", Kind.GAUGE, "Share of the CPUs that the whole system used of late."),
    SYSTEM_CPU_LOAD_1M(
            "jvm.system.cpu.load_1m", "{run_queue_item}", Kind.GAUGE, "Load of the whole system over the last minute."),
    BUFFER_MEMORY_USED("jvm.buffer.memory.used", "By", Kind.UP_DOWN_COUNTER, "Bytes that the buffers of a pool hold."),
    BUFFER_MEMORY_LIMIT("jvm.buffer.memory.limit", "By", Kind.UP_DOWN_COUNTER, "Capacity of the buffers of a pool."),
    BUFFER_COUNT("jvm.buffer.count", "{buffer}", Kind.UP_DOWN_COUNTER, "Buffers in a pool."),
    FILE_DESCRIPTOR_COUNT(
            "jvm.file_descriptor.count", "{file_descriptor}", Kind.UP_DOWN_COUNTER, "File descriptors that are open."),
    FILE_DESCRIPTOR_LIMIT(
            "jvm.file_descriptor.limit",
            "{file_descriptor}",
            Kind.UP_DOWN_COUNTER,
            "The most file descriptors that may be open.");

    /** Kinds of instruments. */
    enum Kind {
        COUNTER,
        UP_DOWN_COUNTER,
        GAUGE,
        HISTOGRAM
    }

    private final String key;
    private final String unit;
    private final Kind kind;
    private final String description;

    JvmMetric(String key, String unit, Kind kind, String description) {
        this.key = key;
        this.unit = unit;
        this.kind = kind;
        this.description = description;
    }

    String key() {
        return key;
    }

    String unit() {
        return unit;
    }

    Kind kind() {
        return kind;
    }

    String description() {
        return description;
    }
}
