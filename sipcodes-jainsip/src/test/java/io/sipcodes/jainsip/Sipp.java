package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * SIPp (Debian package {@code sip-tester}) as a peer on the loopback interface, and the totals that it counts itself.
 *
 * <p>A scenario is one step a line: {@code > INVITE} or {@code > 200} is sent, {@code < 407} or {@code < ACK} is waited
 * for, {@code wait 700} lets milliseconds pass. A {@code ?} behind a code says that it need not come, {@code auth} that it
 * is a challenge, which the next INVITE answers. What hangs up over TCP waits at its end: of a response whose connection
 * is gone at once the stack may not tell that it was sent.
 */
final class Sipp {

    private static final int TIMEOUT_SECONDS = 30;
    private static final Pattern COUNT = Pattern.compile("\\d+_([A-Z]+|\\d{3})_(Sent|Recv|Retrans|Timeout|Unexp)");

    private final Path directory;
    private final Process process;
    private final int port;

    private Sipp(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /** Places calls at a stack. */
    static Sipp calls(TestStack to, int calls, Path directory, String scenario) throws IOException {
        return start(directory, 0, calls, scenario, to.transport(), "-r", "40", TestStack.LOOPBACK + ":" + to.port());
    }

    /** Takes calls; ready when this returns. */
    static Sipp takesCalls(int calls, Path directory, String scenario) throws IOException {
        int port;
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName(TestStack.LOOPBACK))) {
            port = probe.getLocalPort();
        }
        Sipp sipp = start(directory, port, calls, scenario, "udp", "-p", Integer.toString(port));
        Awaitility.await().pollInterval(TestStack.POLL).until(() -> sipp.listens() || !sipp.process.isAlive());
        return sipp;
    }

    private static Sipp start(Path directory, int port, int calls, String scenario, String transport, String... more)
            throws IOException {
        Files.writeString(directory.resolve("scenario.xml"), xml(scenario));
        List<String> command = new ArrayList<>(List.of(
                Peers.require("sipp", "sip-tester").toString(),
                "-sf",
                "scenario.xml",
                "-i",
                TestStack.LOOPBACK,
                "-t",
                transport.equals("udp") ? "u1" : "t1",
                "-m",
                Integer.toString(calls),
                "-nostdin",
                "-timeout",
                TIMEOUT_SECONDS + "s",
                "-trace_counts",
                "-trace_err",
                "-fd",
                "1"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        return new Sipp(directory, process, port);
    }

    int port() {
        return port;
    }

    // What is sent to a port that nobody listens at comes back as an error.
    private boolean listens() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(TestStack.LOOPBACK, 0))) {
            socket.connect(new InetSocketAddress(TestStack.LOOPBACK, port));
            socket.setSoTimeout(50);
            socket.send(new DatagramPacket(new byte[] {'\r', '\n', '\r', '\n'}, 4));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (PortUnreachableException e) {
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    /**
     * Waits for its end, which must be a good one, and gives what it counted: {@code INVITE} or {@code 200}, and the same
     * followed by {@code again} for retransmissions.
     */
    Map<String, Integer> totals() throws Exception {
        try {
            assertThat(process.waitFor(TIMEOUT_SECONDS + 5, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(this::complaint).isZero();
        Map<String, Integer> totals = new TreeMap<>();
        Map<String, String> row = lastRow();
        row.forEach((column, value) -> {
            Matcher name = COUNT.matcher(column);
            int count = name.matches() ? Integer.parseInt(value) : 0;
            if (count > 0) {
                totals.merge(name.group(1) + suffix(name.group(2)), count, Integer::sum);
            }
        });
        return totals;
    }

    private static String suffix(String kind) {
        return switch (kind) {
            case "Sent", "Recv" -> "";
            case "Retrans" -> " again";
            default -> " " + kind;
        };
    }

    private Map<String, String> lastRow() throws IOException {
        List<String> lines = Files.readAllLines(file("_counts.csv"));
        String[] names = lines.get(0).split(";");
        String[] values = lines.get(lines.size() - 1).split(";");
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < Math.min(names.length, values.length); i++) {
            row.put(names[i], values[i]);
        }
        return row;
    }

    private Path file(String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String complaint() {
        try {
            return Files.readString(file("_errors.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- scenarios

    private static String xml(String scenario) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"test\">\n");
        List<String> steps = scenario.lines()
                .map(String::strip)
                .filter(step -> !step.isEmpty())
                .toList();
        int invites = 0;
        String before = "";
        for (String step : steps) {
            String[] words = step.split(" ");
            boolean response = Character.isDigit(words[1].charAt(0));
            switch (words[0]) {
                case "wait" ->
                    out.append("<pause milliseconds=\"").append(words[1]).append("\"/>\n");
                case "<" -> {
                    out.append(response ? "<recv response=\"" : "<recv request=\"")
                            .append(words[1])
                            .append(step.endsWith("?") ? "\" optional=\"true" : "")
                            .append(step.endsWith("auth") ? "\" auth=\"true" : "")
                            .append("\"/>\n");
                    before = step;
                }
                default -> {
                    invites += words[1].equals("INVITE") ? 1 : 0;
                    send(out, response ? answer(words[1], before) : request(words[1], invites, before));
                }
            }
        }
        return out.append("</scenario>\n").toString();
    }

    private static void send(StringBuilder out, String message) {
        boolean again = !message.startsWith("ACK") && !message.startsWith("SIP/2.0");
        out.append(again ? "<send retrans=\"500\">" : "<send>")
                .append("<![CDATA[\n")
                .append(message)
                .append("\nContent-Length: 0\n\n]]></send>\n");
    }

    // An ACK belongs to its INVITE unless that was answered with a 2xx (RFC 3261 17.1.1.3).
    private static String request(String method, int invites, String before) {
        boolean own = !method.equals("ACK") || before.startsWith("< 2");
        boolean inDialog = !method.equals("INVITE");
        return method + " sip:bob@[remote_ip]:[remote_port] SIP/2.0\n"
                + "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch="
                + (own && inDialog ? "[branch]" : "z9hG4bKsipp[pid]x[call_number]x" + invites) + "\n"
                + "From: <sip:sipp@[local_ip]:[local_port]>;tag=[pid]x[call_number]\n"
                + "To: <sip:bob@example.org>" + (inDialog ? "[peer_tag_param]" : "") + "\n"
                + "Call-ID: [call_id]\n"
                + "CSeq: " + (method.equals("BYE") ? invites + 1 : invites) + " " + method + "\n"
                + "Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>\n"
                + (before.endsWith("auth") && method.equals("INVITE")
                        ? "[authentication username=alice password=secret]\n"
                        : "")
                + "Max-Forwards: 70";
    }

    private static String answer(String code, String request) {
        return "SIP/2.0 " + code + " Of SIPp\n"
                + "[last_Via:]\n[last_From:]\n[last_To:]"
                + (request.equals("< INVITE") && !code.equals("100") ? ";tag=[pid]x[call_number]" : "")
                + "\n[last_Call-ID:]\n[last_CSeq:]\n"
                + "Contact: <sip:sipp@[local_ip]:[local_port]>";
    }
}
