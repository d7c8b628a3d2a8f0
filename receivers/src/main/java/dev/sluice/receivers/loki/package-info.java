/** The receiver {@code loki}: logs from whoever pushes them to a Loki. */
@org.jspecify.annotations.NullMarked
package dev.sluice.receivers.loki;
