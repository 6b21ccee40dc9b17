package io.sipcodes.demo;

/** Session descriptions of somebody who has nothing to say: the demo sets calls up but sends no sound. */
final class Sdp {

    private static final int MOST_LINES = 200;

    private Sdp() {}

    /** What a caller of ours offers. */
    static String offer(String host) {
        return head(host) + "m=audio 9 RTP/AVP 0\r\na=inactive\r\n";
    }

    /**
     * Takes the first audio stream and the first of its formats, and refuses all others: an answer has a line for each
     * (RFC 3264 section 6).
     *
     * @param offer what the caller offers; without any, ours is made
     */
    static String answer(String offer, String host) {
        StringBuilder answer = new StringBuilder(head(host));
        boolean audio = false;
        boolean any = false;
        for (String line : offer.lines().limit(MOST_LINES).toList()) {
            String[] words = line.split(" ");
            if (!line.startsWith("m=") || words.length < 4) {
                continue;
            }
            any = true;
            boolean take = !audio && words[0].equals("m=audio");
            audio |= take;
            answer.append(words[0])
                    .append(take ? " 9 " : " 0 ")
                    .append(words[2])
                    .append(' ')
                    .append(words[3])
                    .append("\r\n");
            if (take) {
                String map = "a=rtpmap:" + words[3] + " ";
                offer.lines()
                        .limit(MOST_LINES)
                        .filter(l -> l.startsWith(map))
                        .findFirst()
                        .ifPresent(l -> answer.append(l).append("\r\n"));
                answer.append("a=inactive\r\n");
            }
        }
        return any ? answer.toString() : offer(host);
    }

    private static String head(String host) {
        String address = "IN " + (host.indexOf(':') < 0 ? "IP4 " : "IP6 ") + host;
        return "v=0\r\no=demo 1 1 " + address + "\r\ns=-\r\nc=" + address + "\r\nt=0 0\r\n";
    }
}
