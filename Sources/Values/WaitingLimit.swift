/// How long one statement to the store may take for whoever waits for it: set around a page, absent for jobs, imports and commands, which nobody's
/// browser waits for.
package enum WaitingLimit {
    @TaskLocal package static var current: Duration?
}
