/** Network clients and servers with the Collector's settings. */
@org.jspecify.annotations.NullMarked
package dev.sluice.transport;
