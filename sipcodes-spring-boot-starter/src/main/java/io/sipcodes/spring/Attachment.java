package io.sipcodes.spring;

/** Whether stacks are attached to, told without naming a class of JAIN-SIP. */
interface Attachment {

    /** Why stacks that are built now are not attached to; empty if they are. */
    String obstacle();
}
