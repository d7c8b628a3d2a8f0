/** The processor {@code memory_limiter}: bounds the payload bytes in the process. */
@org.jspecify.annotations.NullMarked
package dev.sluice.processors.memorylimiter;
