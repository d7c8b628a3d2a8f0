/** Outgoing HTTP and gRPC as the Collector configures them: connections, balancing, deadlines, bodies written without copying. */
@org.jspecify.annotations.NullMarked
package dev.sluice.transport.client;
