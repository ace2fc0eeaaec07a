# Speaking instead of writing, in the page.
voice-offer = Record your voice
voice-about = You can speak instead of writing. What you say is recorded in this page alone and sealed like every file; it is not saved among the files of this device. A voice can tell who you are: those who can read your report can hear it. If this page is closed before you send, the recording is gone. When you press Start, the browser asks for the microphone.
voice-start = Start
voice-stop = Stop
voice-time = Recording: { $time }
voice-done = Recorded. You can listen to it, delete it, or go on.
voice-another = Record one more
voice-delete = Delete this recording
voice-deleted = Deleted. It is gone.
voice-not = No microphone could be used. You can write instead, or choose a file.
