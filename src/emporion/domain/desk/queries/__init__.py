"""What is asked at the desk: long lists by filter, what deciding about many would do, saved views, histories."""
