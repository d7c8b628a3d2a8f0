package dev.sluice.processors.memorylimiter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much memory the process may use: the limit of its control group, or all that the machine has. Read before data flows.
 *
 * <p>Source: the kernel's Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/memory.rst and filesystems/proc.rst.
 *
 * @param root the root directory, so that tests can show other machines
 */
record ContainerMemory(Path root) {
    static final ContainerMemory SYSTEM = new ContainerMemory(Path.of("/"));

    /** What a version 1 group says when it has no limit: the largest multiple of a page. */
    private static final long UNLIMITED = 9_223_372_036_854_771_712L;

    /** In bytes. Throws {@link UncheckedIOException} if the machine does not say. */
    long bytes() {
        try {
            long group = group("sys/fs/cgroup/memory.max");
            if (group < 0) {
                group = group("sys/fs/cgroup/memory/memory.limit_in_bytes");
            }
            return group < 0 ? machine() : group;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "failed to get total memory, use fixed memory settings (limit_mib): " + e.getMessage(), e);
        }
    }

    /** Negative if there is no such group or it has no limit. */
    private long group(String file) throws IOException {
        Path path = root.resolve(file);
        if (!Files.exists(path)) {
            return -1;
        }
        String value = Files.readString(path).strip();
        long limit = value.equals("max") ? -1 : Long.parseLong(value);
        return limit == UNLIMITED ? -1 : limit;
    }

    private long machine() throws IOException {
        for (String line : Files.readAllLines(root.resolve("proc/meminfo"))) {
            if (line.startsWith("MemTotal:")) {
                String kib =
                        line.substring("MemTotal:".length()).replace("kB", "").strip();
                return Long.parseLong(kib) * 1024;
            }
        }
        throw new IOException("/proc/meminfo has no MemTotal");
    }
}
