package dev.sluice.api.config;

/**
 * Implemented by the configuration of a processor that bounds the process's memory. The engine then holds what the receivers
 * before it take in below these limits; the processor itself passes everything on.
 */
public interface MemoryLimit {
    /** Payload bytes in the process beyond which receivers also close their most expensive connections. */
    long limitBytes();

    /** Payload bytes in the process beyond which receivers refuse new work; at most {@link #limitBytes}. */
    long softBytes();
}
