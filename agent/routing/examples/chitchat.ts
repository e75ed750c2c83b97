/** People's words: small talk. In a frame, every * stands for a thing. */
export const chitchat = {
  lines: `
hello
hi there
good morning
thanks, that helped
thank you
how are you?
ok great
never mind
lol
who are you?
what can you do?
nice work
bye
see you tomorrow
yes
no
sounds good
that was wrong
you are funny
tell me a joke
I am tired of cables
my rack looks beautiful now
sorry, wrong window
I was just testing
are you an AI?
happy new year
good night
what a day
I love this hobby
cool
please stop
that printer is a beast
forget it, no need to search
don't do anything, I am only thinking aloud
I already found it, no need to look
hey
haha
thanks a lot
many thanks to you
you are very kind
that is all
that's it for now
until then
bye for now
I am off to bed
what a mess my desk is
this fan is so loud
my lab is getting too big
I really like it here
well done, you found it
wow
no thanks
all good
you are a clever one
I had a long day in the server room
ha, my cat sleeps on the switch
it is late
I was only joking, print nothing
cheers
`,
  frames: `
I love my *
my * is so loud
this * is driving me crazy
what a beautiful *
nice *
I am tired of this *
thanks for the *
that * was expensive, never mind
I only looked at the *, it is fine
no need to touch the *
haha, the *
`,
}
