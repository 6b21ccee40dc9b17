package io.sipcodes.micrometer;

import io.sipcodes.SipMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The peers that meters tell apart: a fixed list of names. Whatever does not belong to one of them is {@code other}, so
 * an address from the wire never becomes a tag value.
 *
 * <p>Immutable and safe for use by any number of threads.
 */
public final class SipPeers {

    static final String OTHER = "other";

    /** Enough for all trunks, and as many others; what is beyond is resolved anew each time. */
    private static final int MAX_REMEMBERED = 1024;

    private final List<String> names;
    private final Function<SipMessage, Integer> resolver;

    private SipPeers(Collection<String> names, Function<SipMessage, Integer> resolver) {
        Set<String> all = new LinkedHashSet<>();
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("peer: '" + name + "' (expected: a name)");
            }
            all.add(name);
        }
        all.remove(OTHER);
        all.add(OTHER);
        this.names = List.copyOf(all);
        this.resolver = resolver;
    }

    /**
     * Tells peers apart by the host of {@link SipMessage#peer()}; no name is ever looked up in the DNS.
     *
     * @param members for each name its members: host names, IP addresses, or networks as {@code 203.0.113.0/24}. If an
     *     address is in several networks, the smallest decides
     * @return a resolver
     * @throws IllegalArgumentException if a member is none of these, or belongs to two names
     */
    public static SipPeers of(Map<String, ? extends Collection<String>> members) {
        Members byHost = new Members(members);
        return new SipPeers(members.keySet(), message -> byHost.index(message.peer()));
    }

    /**
     * Tells peers apart by a function of one's own.
     *
     * @param names all names the function may return; any other, null, and an exception are {@code other}
     * @param resolver gives the name for a message; called for every event on one thread, it should be quick, and give
     *     the same name for the same peer always
     * @return a resolver
     */
    public static SipPeers by(Collection<String> names, Function<? super SipMessage, String> resolver) {
        Objects.requireNonNull(resolver, "resolver");
        Map<String, Integer> index = new HashMap<>();
        SipPeers peers = new SipPeers(names, message -> {
            try {
                return index.get(resolver.apply(message));
            } catch (RuntimeException broken) {
                return null;
            }
        });
        for (String name : peers.names) {
            index.put(name, index.size());
        }
        return peers;
    }

    /** {@return the names, {@code other} last} */
    public List<String> names() {
        return names;
    }

    /** The place in {@link #names()} of the peer of a message. */
    int index(SipMessage message) {
        Integer index = resolver.apply(message);
        return index == null ? names.size() - 1 : index;
    }

    private record Network(IpAddress address, int bits, Integer index) {}

    private static final class Members {

        private final Map<String, Integer> hosts = new HashMap<>();
        private final List<Network> networks = new ArrayList<>();
        private final Map<String, Integer> remembered = new ConcurrentHashMap<>();
        // Apart from the others: whoever has many addresses must not take up their places.
        private final Set<String> strangers = ConcurrentHashMap.newKeySet();

        Members(Map<String, ? extends Collection<String>> members) {
            int index = 0;
            for (Map.Entry<String, ? extends Collection<String>> entry : members.entrySet()) {
                if (entry.getKey().equals(OTHER)) {
                    throw new IllegalArgumentException("peer: other (expected: a name that is not taken)");
                }
                for (String member : entry.getValue()) {
                    add(entry.getKey(), member, index);
                }
                index++;
            }
            networks.sort(Comparator.comparingInt(Network::bits).reversed());
        }

        private void add(String name, String member, Integer index) {
            int slash = member.indexOf('/');
            String host = slash < 0 ? host(member) : member.substring(0, slash);
            IpAddress address = IpAddress.find(host);
            if (address == null) {
                if (slash >= 0 || !host.matches("[A-Za-z0-9._-]+")) {
                    throw malformed(name, member);
                }
                if (hosts.put(host.toLowerCase(Locale.ROOT), index) != null) {
                    throw twice(name, member);
                }
                return;
            }
            int bits = address.bits();
            int length = bits;
            if (slash >= 0) {
                String digits = member.substring(slash + 1);
                length = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : bits + 1;
                if (length > bits) {
                    throw malformed(name, member);
                }
            }
            Network network = new Network(address, IpAddress.BITS - bits + length, index);
            for (Network other : networks) {
                if (other.bits == network.bits && other.address.sharesPrefix(address, network.bits)) {
                    throw twice(name, member);
                }
            }
            networks.add(network);
        }

        private static IllegalArgumentException malformed(String name, String member) {
            return new IllegalArgumentException("peer " + name + ": " + member
                    + " (expected: a host name, an IP address, or a network as 203.0.113.0/24)");
        }

        private static IllegalArgumentException twice(String name, String member) {
            return new IllegalArgumentException("peer " + name + ": " + member + " (expected: in the list once)");
        }

        Integer index(String peer) {
            Integer known = remembered.get(peer);
            if (known != null || strangers.contains(peer)) {
                return known;
            }
            Integer index = resolve(host(peer));
            if (index == null && strangers.size() < MAX_REMEMBERED) {
                strangers.add(peer);
            } else if (index != null && remembered.size() < MAX_REMEMBERED) {
                remembered.put(peer, index);
            }
            return index;
        }

        private Integer resolve(String host) {
            IpAddress address = IpAddress.find(host);
            if (address == null) {
                return hosts.get(host.toLowerCase(Locale.ROOT));
            }
            for (Network network : networks) {
                if (network.address.sharesPrefix(address, network.bits)) {
                    return network.index;
                }
            }
            return null;
        }

        /** The host of {@code host}, {@code host:port}, {@code [v6]:port}, or a bare IPv6 address. */
        private static String host(String peer) {
            if (peer.startsWith("[")) {
                int end = peer.indexOf(']');
                return end < 0 ? peer : peer.substring(1, end);
            }
            int colon = peer.indexOf(':');
            return colon < 0 || colon != peer.lastIndexOf(':') ? peer : peer.substring(0, colon);
        }
    }
}
