/** The receiver {@code nop}: takes nothing in. */
@org.jspecify.annotations.NullMarked
package dev.sluice.receivers.nop;
