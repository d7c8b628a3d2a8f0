/**
 * HTTP and gRPC servers as the Collector configures them.
 *
 * <p>Vert.x listens, spreads the connections over its loops and does TLS; what comes out of a connection is read here with Netty's
 * codecs. Vert.x's own HTTP server copies every body twice more and says nothing of a request whose headers have not all come, and
 * the rules of reliability.md, 3.1 need both: bytes go from the socket to one array of the right size, and every started request
 * has a time limit.
 */
@org.jspecify.annotations.NullMarked
package dev.sluice.transport.server;
