/** TLS as the Collector configures it: the blocks {@code tls} of clients and servers, their files, and reloading these. */
@org.jspecify.annotations.NullMarked
package dev.sluice.transport.tls;
