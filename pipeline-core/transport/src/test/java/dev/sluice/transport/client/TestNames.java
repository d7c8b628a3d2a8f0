package dev.sluice.transport.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Gives the names below {@code .names.test} addresses of this machine: {@code 1-2.names.test} is 127.0.0.1 and 127.0.0.2. */
public final class TestNames extends InetAddressResolverProvider {
    private static final String BELOW = ".names.test";

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver builtin = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (!host.endsWith(BELOW)) {
                    return builtin.lookupByName(host, policy);
                }
                List<String> numbers = Arrays.asList(
                        host.substring(0, host.length() - BELOW.length()).split("-"));
                return numbers.stream().map(number -> address(host, Byte.parseByte(number)));
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return builtin.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "names of tests";
    }

    private static InetAddress address(String host, byte number) {
        try {
            return InetAddress.getByAddress(host, new byte[] {127, 0, 0, number});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
