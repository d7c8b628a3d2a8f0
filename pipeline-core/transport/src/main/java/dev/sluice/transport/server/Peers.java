package dev.sluice.transport.server;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** Who is at the other end. */
final class Peers {
    private Peers() {}

    /** The address without the port; empty on a unix socket. */
    static String address(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : "";
    }
}
