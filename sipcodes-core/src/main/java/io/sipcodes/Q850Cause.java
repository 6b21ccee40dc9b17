package io.sipcodes;

import java.util.Optional;

/**
 * Why a call ended in the telephone network: the cause values of ITU-T Q.850, as gateways hand them on in a Reason header
 * (RFC 6432). What each means, in words, is in {@link SipCatalog#words(Q850Cause, java.util.Locale)}.
 *
 * <p>The names were not taken from the Recommendation, which is not free, but from what is published of it.
 */
public enum Q850Cause {
    /** 1: Unallocated (unassigned) number. */
    UNALLOCATED_UNASSIGNED_NUMBER_1(1, "Unallocated (unassigned) number"),
    /** 2: No route to specified transit network. */
    NO_ROUTE_TO_SPECIFIED_TRANSIT_NETWORK_2(2, "No route to specified transit network"),
    /** 3: No route to destination. */
    NO_ROUTE_TO_DESTINATION_3(3, "No route to destination"),
    /** 4: Send special information tone. */
    SEND_SPECIAL_INFORMATION_TONE_4(4, "Send special information tone"),
    /** 5: Misdialled trunk prefix. */
    MISDIALLED_TRUNK_PREFIX_5(5, "Misdialled trunk prefix"),
    /** 6: Channel unacceptable. */
    CHANNEL_UNACCEPTABLE_6(6, "Channel unacceptable"),
    /** 7: Call awarded and being delivered in an established channel. */
    CALL_AWARDED_AND_BEING_DELIVERED_IN_AN_ESTABLISHED_CHANNEL_7(
            7, "Call awarded and being delivered in an established channel"),
    /** 8: Preemption. */
    PREEMPTION_8(8, "Preemption"),
    /** 9: Preemption - circuit reserved for reuse. */
    PREEMPTION_CIRCUIT_RESERVED_FOR_REUSE_9(9, "Preemption - circuit reserved for reuse"),
    /** 14: QoR: ported number. */
    QOR_PORTED_NUMBER_14(14, "QoR: ported number"),
    /** 16: Normal call clearing. */
    NORMAL_CALL_CLEARING_16(16, "Normal call clearing"),
    /** 17: User busy. */
    USER_BUSY_17(17, "User busy"),
    /** 18: No user responding. */
    NO_USER_RESPONDING_18(18, "No user responding"),
    /** 19: No answer from user (user alerted). */
    NO_ANSWER_FROM_USER_USER_ALERTED_19(19, "No answer from user (user alerted)"),
    /** 20: Subscriber absent. */
    SUBSCRIBER_ABSENT_20(20, "Subscriber absent"),
    /** 21: Call rejected. */
    CALL_REJECTED_21(21, "Call rejected"),
    /** 22: Number changed. */
    NUMBER_CHANGED_22(22, "Number changed"),
    /** 23: Redirection to new destination. */
    REDIRECTION_TO_NEW_DESTINATION_23(23, "Redirection to new destination"),
    /** 24: Call rejected due to feature at the destination. */
    CALL_REJECTED_DUE_TO_FEATURE_AT_THE_DESTINATION_24(24, "Call rejected due to feature at the destination"),
    /** 25: Exchange routing error. */
    EXCHANGE_ROUTING_ERROR_25(25, "Exchange routing error"),
    /** 26: Non-selected user clearing. */
    NON_SELECTED_USER_CLEARING_26(26, "Non-selected user clearing"),
    /** 27: Destination out of order. */
    DESTINATION_OUT_OF_ORDER_27(27, "Destination out of order"),
    /** 28: Invalid number format (address incomplete). */
    INVALID_NUMBER_FORMAT_ADDRESS_INCOMPLETE_28(28, "Invalid number format (address incomplete)"),
    /** 29: Facility rejected. */
    FACILITY_REJECTED_29(29, "Facility rejected"),
    /** 30: Response to STATUS ENQUIRY. */
    RESPONSE_TO_STATUS_ENQUIRY_30(30, "Response to STATUS ENQUIRY"),
    /** 31: Normal, unspecified. */
    NORMAL_UNSPECIFIED_31(31, "Normal, unspecified"),
    /** 34: No circuit/channel available. */
    NO_CIRCUIT_CHANNEL_AVAILABLE_34(34, "No circuit/channel available"),
    /** 38: Network out of order. */
    NETWORK_OUT_OF_ORDER_38(38, "Network out of order"),
    /** 39: Permanent frame mode connection out of service. */
    PERMANENT_FRAME_MODE_CONNECTION_OUT_OF_SERVICE_39(39, "Permanent frame mode connection out of service"),
    /** 40: Permanent frame mode connection operational. */
    PERMANENT_FRAME_MODE_CONNECTION_OPERATIONAL_40(40, "Permanent frame mode connection operational"),
    /** 41: Temporary failure. */
    TEMPORARY_FAILURE_41(41, "Temporary failure"),
    /** 42: Switching equipment congestion. */
    SWITCHING_EQUIPMENT_CONGESTION_42(42, "Switching equipment congestion"),
    /** 43: Access information discarded. */
    ACCESS_INFORMATION_DISCARDED_43(43, "Access information discarded"),
    /** 44: Requested circuit/channel not available. */
    REQUESTED_CIRCUIT_CHANNEL_NOT_AVAILABLE_44(44, "Requested circuit/channel not available"),
    /** 46: Precedence call blocked. */
    PRECEDENCE_CALL_BLOCKED_46(46, "Precedence call blocked"),
    /** 47: Resource unavailable, unspecified. */
    RESOURCE_UNAVAILABLE_UNSPECIFIED_47(47, "Resource unavailable, unspecified"),
    /** 49: Quality of service not available. */
    QUALITY_OF_SERVICE_NOT_AVAILABLE_49(49, "Quality of service not available"),
    /** 50: Requested facility not subscribed. */
    REQUESTED_FACILITY_NOT_SUBSCRIBED_50(50, "Requested facility not subscribed"),
    /** 53: Outgoing calls barred within CUG. */
    OUTGOING_CALLS_BARRED_WITHIN_CUG_53(53, "Outgoing calls barred within CUG"),
    /** 55: Incoming calls barred within CUG. */
    INCOMING_CALLS_BARRED_WITHIN_CUG_55(55, "Incoming calls barred within CUG"),
    /** 57: Bearer capability not authorized. */
    BEARER_CAPABILITY_NOT_AUTHORIZED_57(57, "Bearer capability not authorized"),
    /** 58: Bearer capability not presently available. */
    BEARER_CAPABILITY_NOT_PRESENTLY_AVAILABLE_58(58, "Bearer capability not presently available"),
    /** 62: Inconsistency in designated outgoing access information and subscriber class. */
    INCONSISTENCY_IN_DESIGNATED_OUTGOING_ACCESS_INFORMATION_AND_SUBSCRIBER_CLASS_62(
            62, "Inconsistency in designated outgoing access information and subscriber class"),
    /** 63: Service or option not available, unspecified. */
    SERVICE_OR_OPTION_NOT_AVAILABLE_UNSPECIFIED_63(63, "Service or option not available, unspecified"),
    /** 65: Bearer capability not implemented. */
    BEARER_CAPABILITY_NOT_IMPLEMENTED_65(65, "Bearer capability not implemented"),
    /** 66: Channel type not implemented. */
    CHANNEL_TYPE_NOT_IMPLEMENTED_66(66, "Channel type not implemented"),
    /** 69: Requested facility not implemented. */
    REQUESTED_FACILITY_NOT_IMPLEMENTED_69(69, "Requested facility not implemented"),
    /** 70: Only restricted digital information bearer capability is available. */
    ONLY_RESTRICTED_DIGITAL_INFORMATION_BEARER_CAPABILITY_IS_AVAILABLE_70(
            70, "Only restricted digital information bearer capability is available"),
    /** 79: Service or option not implemented, unspecified. */
    SERVICE_OR_OPTION_NOT_IMPLEMENTED_UNSPECIFIED_79(79, "Service or option not implemented, unspecified"),
    /** 81: Invalid call reference value. */
    INVALID_CALL_REFERENCE_VALUE_81(81, "Invalid call reference value"),
    /** 82: Identified channel does not exist. */
    IDENTIFIED_CHANNEL_DOES_NOT_EXIST_82(82, "Identified channel does not exist"),
    /** 83: A suspended call exists, but this call identity does not. */
    A_SUSPENDED_CALL_EXISTS_BUT_THIS_CALL_IDENTITY_DOES_NOT_83(
            83, "A suspended call exists, but this call identity does not"),
    /** 84: Call identity in use. */
    CALL_IDENTITY_IN_USE_84(84, "Call identity in use"),
    /** 85: No call suspended. */
    NO_CALL_SUSPENDED_85(85, "No call suspended"),
    /** 86: Call having the requested call identity has been cleared. */
    CALL_HAVING_THE_REQUESTED_CALL_IDENTITY_HAS_BEEN_CLEARED_86(
            86, "Call having the requested call identity has been cleared"),
    /** 87: User not member of CUG. */
    USER_NOT_MEMBER_OF_CUG_87(87, "User not member of CUG"),
    /** 88: Incompatible destination. */
    INCOMPATIBLE_DESTINATION_88(88, "Incompatible destination"),
    /** 90: Non-existent CUG. */
    NON_EXISTENT_CUG_90(90, "Non-existent CUG"),
    /** 91: Invalid transit network selection. */
    INVALID_TRANSIT_NETWORK_SELECTION_91(91, "Invalid transit network selection"),
    /** 95: Invalid message, unspecified. */
    INVALID_MESSAGE_UNSPECIFIED_95(95, "Invalid message, unspecified"),
    /** 96: Mandatory information element is missing. */
    MANDATORY_INFORMATION_ELEMENT_IS_MISSING_96(96, "Mandatory information element is missing"),
    /** 97: Message type non-existent or not implemented. */
    MESSAGE_TYPE_NON_EXISTENT_OR_NOT_IMPLEMENTED_97(97, "Message type non-existent or not implemented"),
    /** 98: Message not compatible with call state or message type non-existent or not implemented. */
    MESSAGE_NOT_COMPATIBLE_WITH_CALL_STATE_OR_MESSAGE_TYPE_NON_EXISTENT_OR_NOT_IMPLEMENTED_98(
            98, "Message not compatible with call state or message type non-existent or not implemented"),
    /** 99: Information element/parameter non-existent or not implemented. */
    INFORMATION_ELEMENT_PARAMETER_NON_EXISTENT_OR_NOT_IMPLEMENTED_99(
            99, "Information element/parameter non-existent or not implemented"),
    /** 100: Invalid information element contents. */
    INVALID_INFORMATION_ELEMENT_CONTENTS_100(100, "Invalid information element contents"),
    /** 101: Message not compatible with call state. */
    MESSAGE_NOT_COMPATIBLE_WITH_CALL_STATE_101(101, "Message not compatible with call state"),
    /** 102: Recovery on timer expiry. */
    RECOVERY_ON_TIMER_EXPIRY_102(102, "Recovery on timer expiry"),
    /** 103: Parameter non-existent or not implemented, passed on. */
    PARAMETER_NON_EXISTENT_OR_NOT_IMPLEMENTED_PASSED_ON_103(
            103, "Parameter non-existent or not implemented, passed on"),
    /** 110: Message with unrecognized parameter, discarded. */
    MESSAGE_WITH_UNRECOGNIZED_PARAMETER_DISCARDED_110(110, "Message with unrecognized parameter, discarded"),
    /** 111: Protocol error, unspecified. */
    PROTOCOL_ERROR_UNSPECIFIED_111(111, "Protocol error, unspecified"),
    /** 127: Interworking, unspecified. */
    INTERWORKING_UNSPECIFIED_127(127, "Interworking, unspecified");

    private static final int MAX = 127;
    private static final Q850Cause[] BY_VALUE = new Q850Cause[MAX + 1];

    static {
        for (Q850Cause cause : values()) {
            BY_VALUE[cause.value] = cause;
        }
    }

    private final int value;
    private final String phrase;
    private final String id;

    Q850Cause(int value, String phrase) {
        this.value = value;
        this.phrase = phrase;
        this.id = Integer.toString(value);
    }

    /**
     * {@return the cause with this number, or empty if Q.850 has none} Some networks and products have values of their
     * own, as 33 in North America or 487 in FreeSWITCH.
     *
     * @param value any number
     */
    public static Optional<Q850Cause> find(int value) {
        return Optional.ofNullable(value < 0 || value > MAX ? null : BY_VALUE[value]);
    }

    /**
     * {@return the cause that a Reason value names; empty if it is of another protocol or names none}
     *
     * @param reason one value of a Reason header
     */
    public static Optional<Q850Cause> find(SipReason reason) {
        return reason.isQ850() ? find(reason.cause()) : Optional.empty();
    }

    /** {@return the number, 1..127} */
    public int value() {
        return value;
    }

    /** {@return the name, in English, as it stands in the text parameter of a Reason header} */
    public String phrase() {
        return phrase;
    }

    String id() {
        return id;
    }

    /** The number and the name, as {@code 17 User busy}. */
    @Override
    public String toString() {
        return id + ' ' + phrase;
    }
}
