/** Compression and decompression of bodies. */
@org.jspecify.annotations.NullMarked
package dev.sluice.transport.compression;
